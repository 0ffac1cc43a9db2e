help-heading = Besoin d’aide pour vous connecter ?
help-lead = Choisissez ce qui s’en rapproche le plus. Ce que vous avez saisi est conservé.
help-me = Aidez-moi à me connecter
help-me-lead = Nous regardons ce qui vous empêche d’entrer, et vous envoyons la réponse par e-mail, avec un bouton qui aide. Pour que personne ne puisse vous espionner, elle n’est envoyée qu’à l’adresse enregistrée.
help-me-mail = Ce qui vous empêche de vous connecter, et un bouton qui aide.
help-else = Autre chose
help-else-text = Dites-nous ce que vous voyez sur la page. Nous ne demandons jamais votre mot de passe.
help-organization = Votre organisation indique à qui s’adresser :
help-call = Appeler le { $phone }
help-write = Écrire à { $mail }
help-way-sign-in = Aller à la connexion
help-still = Toujours un problème ?
help-more = Autres sujets
help-print = Imprimer cette page
help-guide = Tous les sujets sur une page
help-guide-heading = Comment se connecter à { $brand }
help-guide-lead = À conserver, ou à donner à vos collègues.
help-contents = Sommaire

# Each topic: its name, the answer in a sentence or two, what to do in order, what is good to know.
help-first = C’est ma première visite
help-first-text = Votre organisation vous donne accès, et un e-mail dont l’objet est « { mail-invite-subject } » vous apporte un mot de passe temporaire.
help-first-1 = Cherchez l’e-mail de { $sender } dont l’objet est « { mail-invite-subject } ». Il contient un mot de passe temporaire et le bouton « { mail-invite-button } ».
help-first-2 = Appuyez sur « { mail-invite-button } », et saisissez le mot de passe temporaire.
help-first-3 = Remplissez « { registration-first-name } » et « { registration-last-name } », et appuyez sur « { registration-continue } ».
help-first-questions = Si la page demande des questions de sécurité, choisissez-en trois, et donnez des réponses que personne d’autre ne connaît.
help-first-4 = Choisissez un mot de passe à vous, d’au moins { $floor } caractères.
help-first-5 = Sur la page « { registration-email-heading } », appuyez sur « { registration-email-send } », et saisissez le code que nous vous envoyons par e-mail.
help-first-6 = Lisez les conditions d’utilisation, et appuyez sur « { registration-terms-accept } ». Vos produits sont à la page suivante.
help-first-note = Le mot de passe temporaire fonctionne pendant { $temporary_minutes } minutes à partir du moment où nous avons remis l’e-mail. Trop tard ? Le bouton de l’e-mail lui-même, ou « { sign-in-forgot } » sur la page de connexion, vous en donne un nouveau aussitôt.
help-first-leave = Vous pouvez vous arrêter à chaque étape, et reprendre là où vous en étiez, sur n’importe quel appareil.
help-first-ask = Pas d’e-mail ? Alors personne ne vous a peut-être encore donné accès : contactez l’administration du programme ou la personne titulaire de la licence de votre organisation.

help-password-text = Nous vous envoyons un lien pour en choisir un nouveau. Cela déverrouille aussi un compte verrouillé.
help-password-steps = Mot de passe oublié, étape par étape
help-password-1 = Sur la page de connexion, appuyez sur « { sign-in-forgot } ».
help-password-2 = Saisissez votre adresse e-mail ou votre nom d’utilisateur, et appuyez sur « { recovery-by-mail } ».
help-password-2-ways = Saisissez votre adresse e-mail ou votre nom d’utilisateur, et appuyez sur « { recovery-continue } ».
help-password-questions = Là où la page propose « { recovery-way-questions } », ce choix est déjà coché. Appuyez sur « { recovery-continue } », répondez juste à toutes, et vous choisirez aussitôt le nouveau mot de passe. Si vous ne pouvez pas, appuyez sur « { recovery-cancel } », revenez, et choisissez « { recovery-way-email } ».
help-password-3 = Ouvrez l’e-mail de { $sender } et appuyez sur « { mail-reset-button } ». Le lien fonctionne une fois, pendant { $link_minutes } minutes, dans tous les navigateurs.
help-password-question = Si la page « { recovery-challenge-heading } » vous pose votre question, répondez-y.
help-password-4 = Dans « { recovery-set-new } », saisissez un mot de passe d’au moins { $floor } caractères, saisissez-le de nouveau dans « { recovery-set-again } », et appuyez sur « { recovery-set-submit } ».
help-password-5 = Connectez-vous avec le nouveau mot de passe.
help-password-note = Une réinitialisation terminée déverrouille aussitôt le compte, ferme vos sessions partout ailleurs, et vous est annoncée par e-mail.
help-password-products = Le nouveau mot de passe vaut pour tous les produits accessibles d’ici. La page où vous le choisissez les nomme.
help-password-question-note = Là où une question est posée et où vous n’en avez défini aucune, seule l’administration du programme peut réinitialiser votre mot de passe. L’e-mail dit à qui s’adresser.
help-password-sso = Si votre organisation a sa propre page de connexion, votre mot de passe y est conservé, et son centre d’assistance peut le changer.

help-name-text = Nous vous envoyons par e-mail tous les noms d’utilisateur de votre adresse e-mail.
help-name-steps = Nom d’utilisateur oublié, étape par étape
help-name-1 = Sur cette page ou sur celle du nouveau mot de passe, appuyez sur « { recovery-forgot-name } ».
help-name-2 = Saisissez votre adresse e-mail, et appuyez sur « { recovery-name-send } ».
help-name-3 = L’e-mail de { $sender } donne tous les noms d’utilisateur de cette adresse, avec un bouton pour se connecter. Le vôtre n’y est pas ? L’administration du programme sait quelle adresse a été enregistrée pour vous.

help-code = Je n’ai pas reçu le code de vérification
help-code-text = Un code que nous envoyons par e-mail peut mettre quelques minutes. Quand une page dit « { mfa-code } », le code n’est pas envoyé : votre application d’authentification l’affiche.
help-code-1 = Sur la page « { registration-email-heading } », appuyez sur « { registration-email-send } ».
help-code-2 = Attendez quelques minutes, puis cherchez dans vos dossiers de courrier indésirable et de spam un e-mail de { $sender } dont l’objet est « { mail-code-subject } ».
help-code-3 = Si votre organisation filtre ses e-mails, demandez à votre service informatique d’autoriser { $domain }.
help-code-4 = Appuyez sur « { registration-email-resend } » pour en recevoir un nouveau : { $code_seconds } secondes après le précédent, { $codes } par heure. Seul le plus récent fonctionne, pendant { $code_minutes } minutes.
help-code-5 = Toujours pas de code ? Utilisez le « { support-heading } » pour poser une question ou demander un appel.
help-code-app = Quand une page dit « { mfa-code } », ouvrez l’application d’authentification sur votre téléphone : elle affiche un nouveau code toutes les 30 secondes. Saisissez-le et appuyez sur « { mfa-verify } ». Si le téléphone est perdu ou neuf, utilisez le « { support-heading } ».

help-mail = Je n’ai pas reçu l’e-mail de réinitialisation
help-mail-text = Il vient de { $sender } et arrive en quelques minutes. S’il n’arrive pas, c’est le plus souvent à cause d’un filtre anti-spam.
help-mail-1 = Attendez quelques minutes, puis cherchez dans vos dossiers de courrier indésirable et de spam un e-mail de { $sender }.
help-mail-2 = Vérifiez que l’adresse affichée sur la page est exactement celle que votre organisation connaît.
help-mail-3 = La même page dit où en est l’e-mail : si notre serveur de messagerie l’a remis, ou ce qui n’a pas fonctionné.
help-mail-4 = Si votre organisation filtre ses e-mails, demandez à votre service informatique d’autoriser { $domain }.
help-mail-5 = Appuyez-y sur « { recovery-resend } » pour un autre e-mail. Le premier lien reste valable lui aussi.
help-mail-direct = Un produit qui a encore sa propre page de connexion peut être ouvert directement là ; la page le nomme.
help-mail-questions = Toujours rien ? Là où « { sign-in-forgot } » propose « { recovery-way-questions } », vous n’avez besoin d’aucun e-mail.

help-wrong = « Adresse e-mail ou mot de passe incorrect »
help-wrong-text = Ce qui a été saisi ne va pas ensemble. Pour votre sécurité, nous ne disons pas lequel des deux est en cause.
help-wrong-1 = Utilisez l’adresse e-mail ou le nom d’utilisateur que votre organisation nous a donné, et appuyez sur « { sign-in-next } ».
help-wrong-2 = Regardez le mot de passe avec « { web-show } » pendant que vous le saisissez, et vérifiez que le verrouillage des majuscules est désactivé. Appuyez ensuite sur « { sign-in-submit } ».
help-wrong-3 = Après { $tries } essais erronés, nous faisons une pause de { $minutes } minutes.
help-wrong-4 = Un doute sur le mot de passe ? « { sign-in-forgot } » vous en donne un nouveau.
help-wrong-ask = Si même cela échoue, contactez l’administration du programme ou la personne titulaire de la licence de votre organisation.

help-sites = Aucun site n’est associé à mon compte
help-sites-text = Votre session est ouverte, mais personne ne vous a encore donné de produit. L’administration du programme ou la personne titulaire de la licence de votre organisation peut le faire.
help-sites-1 = Connectez-vous. La page nomme l’administration du programme et la personne titulaire de la licence, et dit comment les joindre.
help-sites-2 = Appuyez-y sur « { portal-ask } ». Votre demande leur parvient, avec un e-mail qui l’annonce.
help-sites-said = Le message est : « { portal-no-sites } »

help-locked = Mon compte est verrouillé
help-locked-text = Après { $tries } essais erronés, la connexion est mise en pause pendant { $minutes } minutes, pour que personne ne puisse deviner votre mot de passe. Vous pouvez attendre. Un nouveau mot de passe déverrouille aussitôt votre compte.
help-locked-1 = Soit vous attendez : la page dit jusqu’à quand, et essayer entre-temps n’allonge pas le délai.
help-locked-2 = Soit vous appuyez sur « { sign-in-forgot } » et choisissez un nouveau mot de passe. Cela déverrouille aussitôt votre compte.
help-locked-said = Le message est : « { sign-in-locked } »
help-locked-known = Un navigateur avec lequel vous vous êtes déjà connecté peut continuer de fonctionner : les erreurs des autres ne le verrouillent pas.

help-signing-in = Comment fonctionne la connexion
help-signing-in-text = Une adresse et une connexion pour tous vos produits.
help-signing-in-1 = Ouvrez { $url }, ou le produit que vous voulez : il vous envoie ici.
help-signing-in-2 = Dans « { sign-in-identifier } », saisissez ce que votre organisation a enregistré pour vous. Sur un ordinateur à vous, cochez « { sign-in-remember } », et ce sera déjà rempli la prochaine fois.
help-signing-in-3 = Appuyez sur « { sign-in-next } ».
help-signing-in-sso = Si votre organisation a sa propre page de connexion, c’est là que vous vous connectez, avec le mot de passe que vous utilisez au travail.
help-signing-in-4 = Sinon, saisissez votre mot de passe, et appuyez sur « { sign-in-submit } ».
help-signing-in-5 = Si la page dit « { mfa-code } », saisissez le code de votre application d’authentification, et appuyez sur « { mfa-verify } ».
help-signing-in-6 = Appuyez sur le produit que vous voulez ouvrir.

help-product = Je ne vois pas mon produit
help-product-text = Il n’a peut-être pas encore été transféré ici, vous n’y avez peut-être pas accès, ou il s’ouvre depuis un autre produit.
help-product-1 = Pas encore transféré ici : vos produits sont affichés avec la date, et avec un lien vers l’ancienne page de connexion. Connectez-vous là-bas, comme avant.
help-product-2 = Pas d’accès : l’administration du programme ou la personne titulaire de la licence de votre organisation peut vous le donner.
help-product-3 = Certains produits ne s’ouvrent que depuis un autre produit. Ouvrez celui-ci, pointez son nom en haut à gauche, et choisissez dans le menu.

help-allow = Pour votre service informatique : laissez entrer nos e-mails
help-allow-text = Qui ne reçoit pas nos e-mails ne peut pas entrer. Tout ce qu’un filtre de messagerie doit savoir est ici.
help-allow-1 = Autorisez les e-mails de { $sender }.
help-allow-2 = Autorisez le domaine { $domain }, aussi comme expéditeur de l’enveloppe, là où reviennent les e-mails qui n’ont pas pu être remis.
help-allow-3 = Laissez passer les liens vers { $url }. Un filtre peut les ouvrir aussi souvent qu’il le veut : un lien ne se consomme que lorsqu’une personne appuie sur le bouton de la page.
help-allow-4 = Envoyez-vous un test : appuyez sur « { recovery-forgot-name } » et saisissez une adresse de votre domaine. Chaque adresse reçoit un e-mail, avec ou sans compte, et la page dit ce que votre serveur de messagerie a répondu.
help-allow-what = Nos e-mails n’ont ni pièce jointe, ni image, ni suivi, et aucun lien hormis ceux vers cette adresse et vers les anciennes pages des produits qui n’ont pas encore été transférés.
help-allow-refused = Quand votre serveur de messagerie refuse des e-mails destinés à plusieurs personnes, nous le remarquons, et le disons à chacune sur sa page.

help-shared = Nous sommes plusieurs à partager un compte
help-shared-text = Le mot de passe d’un compte partagé ne peut pas être réinitialisé par e-mail : une seule personne bloquerait toutes les autres. Seule l’administration du programme peut le faire.
help-shared-1 = Demandez à l’administration du programme de le réinitialiser. « { help-me } » vous envoie par e-mail à qui vous adresser.
help-shared-2 = Mieux encore : demandez un compte à vous. Votre mot de passe n’appartient alors qu’à vous, et personne ne peut vous bloquer.
help-shared-note = Avec un compte personnel, on sait aussi clairement qui a fait quoi.
