# The end of every mail.
mail-footer = Vous recevez cet e-mail à la suite d’une action effectuée sur { $url }.
mail-support = Besoin de parler à quelqu’un ? { $support }
mail-ignore = Si ce n’était pas vous, vous n’avez rien à faire. Rien ne change tant que le bouton n’est pas utilisé.
mail-ignore-mail = Si ce n’était pas vous, vous n’avez rien à faire.
mail-never = Nous ne demandons jamais votre mot de passe par e-mail ni par téléphone.

# Reset of a forgotten password
mail-reset-subject = Réinitialisez votre mot de passe
mail-reset-preview = Choisissez un nouveau mot de passe dans les { $minutes } minutes.
mail-reset-lead = Quelqu’un, probablement vous, a demandé un nouveau mot de passe pour { $account }.
mail-reset-lead-administrator = L’administration du programme vous a envoyé ce lien, avec lequel vous choisissez un nouveau mot de passe pour { $account }.
mail-reset-lead-shared = L’administration du programme a envoyé ce lien, avec lequel l’une des personnes qui utilisent le compte choisit un nouveau mot de passe pour { $account }. Plusieurs personnes utilisent ce compte, et un nouveau mot de passe les déconnecte toutes : mettez-vous d’accord sur qui le fait, et prévenez les autres.
mail-reset-button = Réinitialiser le mot de passe
mail-reset-unexpected = Si vous ne vous y attendiez pas, parlez avec l’administration du programme avant de l’utiliser. Rien ne change tant que le bouton n’est pas utilisé.
mail-reset-life = Le lien fonctionne une fois, pendant { $minutes } minutes, dans tous les navigateurs.
mail-reset-products = Le nouveau mot de passe sera celui de :
mail-reset-without = Votre organisation pose l’une de vos questions de sécurité avant de réinitialiser un mot de passe. Ces noms d’utilisateur, qui sont les vôtres, n’en ont aucune ; seule l’administration du programme peut donc réinitialiser leurs mots de passe : { $accounts }.
mail-reset-cut = Si le bouton ne fonctionne pas, copiez cette adresse dans un navigateur : { $link }

# No account with this address
mail-unknown-subject = Aucun compte avec cette adresse
mail-unknown-preview = Quelqu’un a saisi cette adresse, et nous ne la connaissons pas.
mail-unknown-lead = Quelqu’un, probablement vous, a saisi { $address } pour entrer dans { $brand }. Il n’y a ici aucun compte avec cette adresse.
mail-unknown-try = Ce que vous pouvez essayer :
mail-unknown-other = Une autre de vos adresses. C’est souvent celle que votre organisation vous a donnée.
mail-unknown-name = Votre nom d’utilisateur, si vous en avez un.
mail-unknown-ask = L’administration du programme ou la personne titulaire de la licence de votre organisation. Elles savent quelle adresse a été enregistrée pour vous, et peuvent vous ajouter.
mail-unknown-button = Réessayer
mail-unknown-not-you = Si ce n’était pas vous, vous n’avez rien à faire. Vous ne recevrez plus d’e-mail de ce genre, sauf si quelqu’un saisit de nouveau l’adresse.

# The password lives at the organization
mail-sso-subject = Connectez-vous avec { $organization }
mail-sso-preview = Votre mot de passe est conservé par votre organisation, pas ici.
mail-sso-lead = Quelqu’un, probablement vous, a demandé un nouveau mot de passe pour { $account }. Vous vous connectez par l’intermédiaire de { $organization } : votre mot de passe y est donc conservé, et ne peut être changé que là.
mail-sso-know = Si vous connaissez le mot de passe de votre organisation, connectez-vous simplement en tant que { $email } : nous vous conduisons à la bonne page.
mail-sso-forgot = Si vous l’avez oublié, adressez-vous au centre d’assistance ou au service informatique de { $organization }.
mail-sso-contact = À qui s’adresser
mail-sso-button = Se connecter

# Several user names on one address
mail-several-subject = Quel mot de passe voulez-vous réinitialiser ?
mail-several-preview = Plusieurs noms d’utilisateur ont cette adresse. Chacun a son propre lien.
mail-several-lead = Quelqu’un, probablement vous, a demandé un nouveau mot de passe. Plusieurs noms d’utilisateur ont l’adresse { $address }, et chacun a son propre mot de passe. Choisissez celui qu’il vous faut :
mail-several-button = Réinitialiser le mot de passe de { $account }
mail-several-life = Chaque lien fonctionne une fois, pendant { $minutes } minutes, dans tous les navigateurs.

# An account that may not reset itself
mail-ask-subject = Demandez un nouveau mot de passe à l’administration du programme
mail-ask-preview = Seule l’administration du programme peut réinitialiser ce mot de passe.
mail-ask-shared = Quelqu’un a demandé un nouveau mot de passe pour { $account }. Plusieurs personnes partagent ce compte : seule l’administration du programme peut donc réinitialiser son mot de passe.
mail-ask-disabled = Quelqu’un, probablement vous, a demandé un nouveau mot de passe pour { $account }. Ce compte a été désactivé : un nouveau mot de passe ne servirait à rien.
mail-ask-questions = Quelqu’un, probablement vous, a demandé un nouveau mot de passe pour { $account }. Votre organisation pose l’une de vos questions de sécurité avant de réinitialiser un mot de passe, et ce compte n’en a aucune. L’administration du programme peut vous envoyer un lien qui fonctionne sans la question.
mail-confirm-subject = Confirmez votre adresse e-mail
mail-confirm-preview = D’ici là, nous n’en disons pas plus ici.
mail-ask-factor = Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour { $account }. Sa seconde étape a été retirée et personne ne s’est connecté depuis, si bien qu’une boîte mail serait la seule protection qui reste. Connectez-vous avec le mot de passe que vous avez, ou demandez à l’administration, qui peut vous envoyer un lien.
mail-ask-unproved = Quelque chose a été demandé, ou s’est passé, au sujet du compte { $account }. Son adresse a été remplacée par celle-ci, et personne n’a encore confirmé qu’elle est la vôtre : nous n’en disons donc pas plus ici. Si vous connaissez le mot de passe, connectez-vous : nous vous enverrons un code qui la confirme.
mail-ask-unproved-else = Si vous ne le connaissez pas, un lien peut vous être envoyé : contactez l’administration du programme ou la personne titulaire de la licence de votre organisation.
mail-ask-who = Adressez-vous à l’une de ces personnes :
mail-ask-nobody = Contactez l’administration du programme ou la personne titulaire de la licence de votre organisation pour obtenir de l’aide.

# Forgotten user name
mail-names-subject = Votre nom d’utilisateur
mail-names-preview = Tous les noms d’utilisateur associés à cette adresse.
mail-names-lead = Quelqu’un, probablement vous, a demandé quels noms d’utilisateur sont associés à { $address }. Les voici :
mail-names-none = Quelqu’un, probablement vous, a demandé quels noms d’utilisateur sont associés à { $address }. Il ne vous en faut aucun : connectez-vous avec cette adresse e-mail.
mail-names-button = Se connecter
mail-names-not-you = Si ce n’était pas vous, vous n’avez rien à faire. Cet e-mail n’a été envoyé qu’à vous.

# Access request, to those who may grant it. Nothing the requester typed is in it.
mail-access-subject = { $name } demande un accès
mail-access-subject-product = { $name } demande l’accès à { $product }
mail-access-preview = Une demande de votre organisation vous attend.
mail-access-lead = Une personne de votre organisation s’est connectée et demande un accès. Vous recevez cet e-mail parce que vous pouvez le lui donner.
mail-access-name = Nom
mail-access-email = Adresse e-mail
mail-access-product = Produit
mail-access-any = Aucun pour l’instant, donc n’importe lequel
mail-access-next = Cet e-mail ne change rien par lui-même. Vérifiez que vous connaissez la personne avant de lui donner accès.
mail-access-button = Se connecter

# The Contact Form, to those who help
mail-support-question-subject = Question { $number } : { $topic }
mail-support-question-lead = Quelqu’un a envoyé une question avec le formulaire de contact.
mail-support-call-back-subject = À rappeler { $number } : { $topic }
mail-support-call-back-lead = Quelqu’un demande un appel, avec le formulaire de contact.
mail-support-name = Nom
mail-support-email = Adresse e-mail
mail-support-phone = Téléphone
mail-support-best-time = Meilleur moment pour appeler
mail-support-identifier = Saisi à la connexion
mail-support-organization = Organisation
mail-support-reference = Référence de la page d’erreur
mail-support-who = Personne connue
mail-support-known = Oui, sa session était ouverte
mail-support-stranger = Non, n’importe qui a pu le saisir
mail-support-message = Message :
mail-support-beware = Tout ce qui précède a été saisi par cette personne et n’a été vérifié par personne. N’ouvrez pas les liens qui s’y trouvent, et ne modifiez aucun compte avant de savoir à qui vous parlez.

# The Contact Form, to the address that was typed. Nothing else that was typed is in it.
mail-confirm-question-subject = Nous avons bien reçu votre question ({ $number })
mail-confirm-question-lead = Nous avons bien reçu votre question, et y répondrons par e-mail.
mail-confirm-call-back-subject = Nous vous rappellerons ({ $number })
mail-confirm-call-back-lead = Nous avons bien reçu votre demande, et vous appellerons.
mail-confirm-number = Numéro
mail-confirm-topic = Sujet
mail-confirm-next = D’ici là, l’une de ces pages peut déjà vous aider.
mail-confirm-button = Aide
mail-confirm-not-you = Si ce n’était pas vous, quelqu’un a saisi votre adresse par erreur. Vous n’avez rien à faire.

# The Contact Form, to the administrators of the person who asks. Nothing that was typed is in it.
mail-asked-subject = { $name } demande de l’aide pour se connecter
mail-asked-lead = Quelqu’un qui nomme un compte de votre organisation nous a demandé de l’aide. Personne d’autre que vous ne peut lui donner ce qu’il faut : nous vous prévenons donc aussi.
mail-asked-next = Cet e-mail ne change rien par lui-même. Parlez avec la personne avant de modifier quoi que ce soit : n’importe qui peut saisir un nom.

# Help me sign in: what is in the way, and the one button that helps
mail-help-subject = Ce qui vous empêche de vous connecter
mail-help-disabled = Le compte { $account } a été désactivé : personne ne peut se connecter avec lui. Un nouveau mot de passe n’y changerait rien.
mail-help-elsewhere = Vous vous connectez à { $brand } par l’intermédiaire de { $organization }. Saisissez { $account } sur notre première page, et nous vous y conduisons. Votre mot de passe est celui de votre organisation.
mail-help-no-second-factor = Le compte { $account } doit se connecter avec une seconde étape. Plusieurs personnes le partagent, si bien que personne ne peut en configurer une pour toutes : quelqu’un doit changer cela avant que vous puissiez continuer.
mail-help-locked = Le compte { $account } est verrouillé jusqu’au { $until }, à cause de plusieurs mots de passe ou codes erronés. Vous pouvez attendre.
mail-help-locked-closed = Le compte { $account } est verrouillé, à cause d’un très grand nombre de mots de passe ou de codes erronés.
mail-help-locked-open = Un nouveau mot de passe le déverrouille aussitôt.
mail-help-locked-shared = Aucun lien par e-mail ne peut le déverrouiller.
mail-help-other-name = Votre nom d’utilisateur est { $account }. Cette adresse e-mail ne permet pas de se connecter ; le nom d’utilisateur le permet, avec le même mot de passe.
mail-help-no-sites = Vous pouvez vous connecter en tant que { $account }, mais personne ne vous a encore donné de produit.
mail-help-no-sites-ask = Une fois votre session ouverte, « { portal-ask } » leur envoie votre demande.
mail-help-not-moved = Vous pouvez vous connecter en tant que { $account }, mais aucun de vos produits n’a encore été transféré ici. Jusque-là, connectez-vous sur leurs propres pages, comme avant.
mail-help-moves = { $product } : { $url } jusqu’au { $at }
mail-help-waits = { $product } : { $url }
mail-help-waits-somewhere = { $product } : sur sa propre page, comme avant
mail-help-license-ended = Vous pouvez vous connecter en tant que { $account }, mais la licence de votre organisation pour vos produits a expiré.
mail-help-license-ended-ask = Une fois votre session ouverte, ouvrez le produit et appuyez sur « { portal-ask } » : cela leur envoie votre demande.
mail-help-well = Nous n’avons rien trouvé qui vous empêche d’entrer. Saisissez { $account } sur la page de connexion, puis votre mot de passe.
mail-help-well-password = Si vous ne connaissez pas votre mot de passe, appuyez sur « { sign-in-forgot } » sur la page qui le demande.
mail-help-well-ask = Si vous ne connaissez pas le mot de passe de { $account }, l’administration du programme peut vous envoyer un lien pour en définir un nouveau. « { sign-in-forgot } » ne le peut pas.
mail-help-well-code = Après le mot de passe, nous demandons le code de votre application d’authentification. Si vous l’avez perdue, l’administration du programme ou la personne titulaire de la licence de votre organisation peut vous aider.
mail-help-several = Plusieurs noms d’utilisateur ont l’adresse { $address }. Connectez-vous avec celui qu’il vous faut :
mail-help-several-preview = Plusieurs noms d’utilisateur ont cette adresse.
mail-help-several-line = { $account } : { $state }
mail-help-short-disabled = Compte désactivé.
mail-help-short-elsewhere = Connexion par l’intermédiaire de votre organisation.
mail-help-short-invited = Pas encore de mot de passe.
mail-help-short-no-second-factor = Une seconde étape est exigée, mais le compte est partagé et ne peut pas en avoir.
mail-help-short-locked = Verrouillé pour un moment.
mail-help-short-other-name = Rien n’empêche la connexion.
mail-help-short-no-sites = Aucun produit n’a encore été donné.
mail-help-short-not-moved = Les produits n’ont pas encore été transférés ici.
mail-help-short-license-ended = La licence des produits a expiré.
mail-help-short-well = Rien n’empêche la connexion.

# Access was given to somebody without a password
mail-invite-subject = Accès à { $product }
mail-invite-preview = Votre mot de passe temporaire fonctionne pendant { $minutes } minutes.
mail-invite-lead = { $organization } vous a donné accès à { $product }.
mail-invite-how = On y entre par { $brand }. La première fois, vous vous connectez avec le mot de passe temporaire ci-dessous, puis vous choisissez le vôtre.
mail-invite-account = Adresse e-mail ou nom d’utilisateur
mail-invite-temporary = Mot de passe temporaire
mail-invite-button = Commencer
mail-invite-life = Le mot de passe temporaire et le bouton fonctionnent pendant { $minutes } minutes, dans tous les navigateurs, jusqu’à ce que vous ayez choisi votre propre mot de passe.
mail-invite-late = Trop tard ? Appuyez quand même sur le bouton, ou utilisez « { sign-in-forgot } » sur la page de connexion : vous en recevrez un nouveau aussitôt.

# Access was given to somebody who signs in already
mail-granted-preview = Connectez-vous comme d’habitude pour ouvrir { $product }.
mail-granted-how = Connectez-vous comme d’habitude, avec { $account }, et vous l’y trouverez.

# Access was given to somebody whose account is another organization's
mail-anothers-preview = Il n’a pas pu être donné à ce compte.
mail-anothers-lead = { $organization } a voulu vous donner accès à { $product }, à cette adresse.
mail-anothers-why = Votre compte { $account } appartient à une autre organisation, et un compte n’ouvre que les produits d’une seule organisation. Rien n’a donc changé pour vous.
mail-anothers-next = Si vous travaillez aussi pour { $organization }, donnez-lui une autre de vos adresses : vous y recevrez un compte distinct.

# Somebody without a password asked for one
mail-continue-subject = Poursuivez votre inscription
mail-continue-preview = Voici un mot de passe temporaire pour continuer.
mail-continue-lead = Quelqu’un, probablement vous, a demandé un nouveau mot de passe pour { $account }. L’accès à { $product } vous a été donné et vous n’avez pas encore choisi votre propre mot de passe : en voici donc un temporaire pour continuer.
mail-continue-button = Continuer

# An administrator has taken the password away
mail-temporary-subject = Votre mot de passe temporaire
mail-temporary-preview = Votre ancien mot de passe ne fonctionne plus.
mail-temporary-lead = L’administration du programme a mis fin au mot de passe de { $account }. Connectez-vous avec le mot de passe temporaire ci-dessous, puis choisissez-en un nouveau à vous.
mail-temporary-button = Choisir un nouveau mot de passe

# A code that shows that mail arrives
mail-code-subject = Votre code de vérification
mail-code-preview = Il fonctionne pendant { $minutes } minutes.
mail-code-lead = Saisissez ce code sur la page qui l’a demandé, pour montrer que nos e-mails vous parviennent à { $address }.
mail-code-code = Code de vérification
mail-code-life = Le code fonctionne une fois, pendant { $minutes } minutes.
mail-code-not-you = Si vous n’êtes pas en train de vous connecter, ne donnez ce code à personne. Sans lui, rien ne se passe.

# To an address that somebody wants for their account
mail-change-code-subject = Votre code pour une nouvelle adresse e-mail
mail-change-code-lead = Quelqu’un qui a un compte dans une organisation ({ $organization }) veut désormais utiliser { $address }. Si c’est vous, saisissez ce code sur la page qui l’a demandé.
mail-change-code-life = Le code fonctionne une fois, pendant { $minutes } minutes, et seulement dans le navigateur où il a été demandé.
mail-change-code-not-you = Si ce n’est pas vous, ne donnez ce code à personne. Sans lui, rien ne se passe.
mail-taken-subject = Quelqu’un voulait utiliser votre adresse e-mail
mail-taken-preview = Rien n’a été modifié.
mail-taken-lead = Quelqu’un voulait utiliser { $address } pour un autre compte ({ $brand }). C’est déjà l’adresse d’un compte, si bien que rien n’a été modifié, et que la personne n’en a rien su.
mail-taken-you = Si c’était vous, vous avez un compte avec cette adresse, et pouvez vous connecter avec elle. Si vous n’en voulez qu’un des deux, adressez-vous à l’administration du programme.
mail-taken-not-you = Si ce n’était pas vous, le plus souvent quelqu’un a fait une faute de frappe. Vous n’avez rien à faire.

# Single sign-on is suspended: to those who are responsible
mail-continuity-by = Par
mail-continuity-approved = Approuvé par
mail-continuity-asked-subject = Suspendre l’authentification unique de { $organization } ?
mail-continuity-asked-preview = Une seconde personne doit approuver.
mail-continuity-asked-lead = { $asker } demande de suspendre l’authentification unique de { $organization }, et dit pourquoi :
mail-continuity-asked-means = Si vous approuvez, plus personne n’est envoyé vers la page de connexion propre à l’organisation. Son personnel définit ici un mot de passe, au moyen de deux boîtes mail, et se connecte avec celui-ci jusqu’à ce que quelqu’un rétablisse l’authentification unique.
mail-continuity-asked-speak = Parlez d’abord avec { $asker }. Cet e-mail, et le fait d’ouvrir la page, ne changent rien.
mail-continuity-asked-button = Voir la demande
mail-continuity-asked-life = Elle peut être approuvée jusqu’au { $until }, par quelqu’un d’autre que { $asker }.
mail-continuity-suspended-subject = L’authentification unique de { $organization } est suspendue
mail-continuity-suspended-preview = Son personnel se connecte avec un mot de passe jusqu’à la reprise.
mail-continuity-suspended-lead = L’authentification unique de { $organization } est suspendue : personne n’est envoyé vers sa propre page de connexion.
mail-continuity-sessions-stay = Les sessions ouvertes le restent.
mail-continuity-sessions-ended = Les sessions qui étaient ouvertes ont été fermées.
mail-continuity-through-both = Chacun définit un mot de passe avec « { sign-in-forgot } », au moyen de sa boîte mail et d’une seconde qu’il a confirmée auparavant. Les personnes qui n’en ont pas apprennent par e-mail à qui s’adresser : attendez-vous à leurs appels.
mail-continuity-through-secondary = Chacun définit un mot de passe avec « { sign-in-forgot } », au moyen de la seconde boîte mail qu’il a confirmée auparavant, car la première peut être en panne aussi. Les personnes qui n’en ont pas apprennent par e-mail à qui s’adresser : attendez-vous à leurs appels.
mail-continuity-suspended-end = Quand la page de l’organisation fonctionnera de nouveau, rétablissez l’authentification unique. Cela déconnecte les personnes qui se sont connectées ici entre-temps.
mail-continuity-suspended-button = Voir l’état
mail-continuity-resumed-subject = L’authentification unique de { $organization } est rétablie
mail-continuity-resumed-preview = Son personnel se connecte de nouveau chez son organisation.
mail-continuity-resumed-lead = L’authentification unique de { $organization } est rétablie : son personnel est de nouveau envoyé vers la page de connexion propre à l’organisation.
mail-continuity-resumed-ended = Les personnes qui s’étaient connectées ici entre-temps sont déconnectées, et les mots de passe qu’elles avaient définis ne fonctionnent plus.

# A second mailbox
mail-second-subject = Confirmez votre seconde boîte mail
mail-second-preview = Elle compte dès que vous appuyez sur le bouton.
mail-second-lead = Quelqu’un, probablement vous, veut que celle-ci soit la seconde boîte mail de { $account }.
mail-second-lead-administrator = L’administration du programme a indiqué celle-ci comme seconde boîte mail de { $account }. Personne d’autre que vous ne peut la confirmer.
mail-second-what = Quand la page de connexion de { $organization } est en panne, un nouveau mot de passe se définit au moyen des deux boîtes mail. Celle-ci ne sert qu’à cela.
mail-second-button = C’est ma boîte mail
mail-second-life = Le bouton fonctionne une fois, pendant { $hours } heures.
mail-second-not-you = Si cela ne vous dit rien, vous n’avez rien à faire. Sans le bouton, cela n’a aucun effet.
mail-replacing-subject = Votre seconde boîte mail est sur le point de changer
mail-replacing-preview = Une autre a été indiquée.
mail-replacing-lead = Quelqu’un, probablement vous, a indiqué une autre seconde boîte mail pour { $account }. Dès que son e-mail aura reçu une réponse, elle prendra la place de celle-ci.
mail-replacing-not-you = Si ce n’était pas vous, dites-le-nous maintenant, ainsi qu’à l’administration du programme : ensuite, cette boîte mail ne recevra plus rien.
mail-released-subject = Ce n’est plus votre seconde boîte mail
mail-released-preview = Nous n’enverrons plus rien ici.
mail-released-lead = Ce n’est plus la seconde boîte mail de { $account }.
mail-released-not-you = Si ce n’est pas vous qui l’avez modifiée, prévenez-nous.

# A reset through two mailboxes
mail-both-subject = Réinitialisez votre mot de passe : e-mail 1 sur 2
mail-both-subject-second = Réinitialisez votre mot de passe : e-mail 2 sur 2
mail-both-preview = Appuyez sur le bouton des deux e-mails dans les { $minutes } minutes.
mail-both-lead = Quelqu’un, probablement vous, a demandé un nouveau mot de passe pour { $account }. La page de connexion de { $organization } est en panne : jusqu’à son retour, vous définissez donc un mot de passe ici.
mail-both-other = Nous avons aussi envoyé un e-mail à votre autre boîte mail, { $other }. Appuyez sur le bouton dans les deux, dans n’importe quel ordre : de préférence dans un même navigateur.
mail-both-without = Ces noms d’utilisateur, qui sont les vôtres, n’ont pas de seconde boîte mail confirmée à temps ; seule l’administration du programme peut donc vous aider : { $accounts }.
mail-both-ends = Le mot de passe fonctionne jusqu’au retour de la page de l’organisation.
mail-both-warn = Si vous ne l’avez pas demandé vous-même, n’appuyez pas sur le bouton, et ne donnez à personne un numéro qu’une page vous affiche. Prévenez l’administration du programme.
mail-second-alone-warn = Si vous ne l’avez pas demandé vous-même, n’appuyez pas sur le bouton, et ne donnez le lien à personne : quiconque l’a peut définir le mot de passe. Prévenez l’administration du programme.
mail-second-alone-lead = Quelqu’un, probablement vous, a demandé un nouveau mot de passe pour { $account }. La page de connexion de { $organization } est en panne, et sa messagerie l’est peut-être aussi : jusqu’à leur retour, vous définissez donc un mot de passe ici, au moyen de cette boîte mail.
mail-elsewhere-subject = Regardez dans votre seconde boîte mail
mail-elsewhere-preview = Le lien pour un nouveau mot de passe s’y trouve.
mail-elsewhere-lead = Quelqu’un, probablement vous, a demandé un nouveau mot de passe pour { $account }. La page de connexion de { $organization } est en panne, et sa messagerie l’est peut-être aussi : nous avons donc envoyé le lien à votre seconde boîte mail, { $other }.
mail-ask-second = Quelqu’un, probablement vous, a demandé un nouveau mot de passe pour { $account }. La page de connexion de { $organization } est en panne. Jusqu’à son retour, un mot de passe se définit au moyen d’une seconde boîte mail confirmée auparavant, et ce compte n’en a pas. L’administration du programme peut vous aider.

# The record that shows whose a domain is, is gone from its DNS
mail-record-subject = Un enregistrement DNS de { $domain } a disparu
mail-record-preview = La connexion fonctionne comme avant. Remettez l’enregistrement en place.
mail-record-lead = Un enregistrement du DNS montre que { $domain } appartient à { $organization }. Nous le vérifions de temps en temps, et il n’est plus là.
mail-record-means = Cela ne change rien pour votre personnel : il se connecte comme avant.
mail-record-name = Nom
mail-record-type = Type
mail-record-value = Valeur
mail-record-since = Absent depuis
mail-record-next = Demandez à la personne qui gère votre DNS de le remettre en place. Nous le verrons dans la journée, et vous n’avez pas besoin de nous prévenir.
mail-record-released = Le domaine ne vous appartient plus ? Prévenez-nous, pour que nous le libérions.

# People of an organization sign in elsewhere from now on, or here again
mail-moved-people = Personnes
mail-moved-program = Le programme { $program } de l’organisation
mail-moved-there-subject = Chez { $organization }, on se connecte par { $through }
mail-moved-there-preview = Leurs mots de passe d’ici ne fonctionnent plus.
mail-moved-there-lead = Désormais, les personnes de { $organization } sont envoyées vers { $through } pour se connecter.
mail-moved-there-means = Les mots de passe qu’elles avaient ici ne fonctionnent plus et sont mis de côté. Les sessions ouvertes le restent.
mail-moved-there-wrong = Ce n’est pas ce que vous vouliez ? Prévenez tout de suite les responsables de ce site : désormais, { $through } dit qui sont ces personnes.
mail-moved-here-subject = Chez { $organization }, on se connecte de nouveau ici
mail-moved-here-preview = Il faut un nouveau mot de passe.
mail-moved-here-lead = Les personnes de { $organization } ne sont plus envoyées vers { $through } : elles se connectent ici.
mail-moved-here-means = Aucun mot de passe d’avant ne fonctionne. Chaque personne en définit un nouveau avec « { sign-in-forgot } », par un e-mail à l’adresse de son compte.
mail-moved-here-wrong = Ce n’est pas ce que vous vouliez ? Prévenez tout de suite les responsables de ce site : tant que ce n’est pas annulé, quiconque lit la boîte mail de quelqu’un peut définir le mot de passe de cette personne.
mail-kept-subject = Un programme voulait que l’on se connecte ici chez { $organization }
mail-kept-preview = Cela lui a été refusé, et rien n’a changé.
mail-kept-lead = Un programme de { $organization } voulait que l’on ne se connecte plus par { $what }. Il n’en a pas le droit, et rien n’a changé.
mail-kept-wanted = Si c’est ce que vous voulez, demandez-le aux responsables de ce site.
mail-kept-out = Si votre propre page de connexion est en panne, suspendez plutôt l’authentification unique : il faut pour cela deux personnes, et cela prend fin.
mail-kept-not-you = Si vous n’en savez rien, le secret du programme est peut-être en d’autres mains. Demandez-en un nouveau aux responsables de ce site.

# An organization's identity provider has sent as many new people as it may within a day
mail-capped-subject = { $name } ne crée plus de comptes aujourd’hui
mail-capped-preview = Cela reprend demain.
mail-capped-lead = Les personnes de { $organization } qui se connectent par { $name } et n’ont pas encore de compte en reçoivent un. Il y en a eu { $most } aujourd’hui, et il ne peut pas y en avoir plus : les autres nouvelles personnes en recevront un demain.
mail-capped-means = Les personnes qui ont un compte se connectent comme avant.
mail-capped-next = Vous n’en attendiez pas autant ? Alors quelqu’un invente peut-être des personnes : regardez les comptes les plus récents de { $organization }, et sa connexion.
mail-capped-more = Vous les attendiez toutes ? Alors l’équipe d’exploitation peut en autoriser plus par jour.

# The secret by which an organization's identity provider knows us ends
mail-secret-subject = Le secret de connexion de { $organization } expire bientôt
mail-secret-preview = Après cela, plus personne ne pourra se connecter par ce moyen.
mail-secret-lead = Votre personnel se connecte par l’intermédiaire de { $name }, qui nous reconnaît grâce à un secret, et ce secret expire bientôt. Après cela, personne chez { $organization } ne pourra se connecter.
mail-secret-ended-subject = Le secret de connexion de { $organization } a expiré
mail-secret-ended-preview = Personne ne peut se connecter tant qu’il n’y en a pas de nouveau.
mail-secret-ended-lead = Votre personnel se connecte par l’intermédiaire de { $name }, qui nous reconnaît grâce à un secret, et ce secret a expiré. Personne chez { $organization } ne peut se connecter tant qu’il n’y en a pas de nouveau.
mail-secret-ends = Expiration
mail-secret-issuer = Fournisseur d’identité
mail-secret-client = Identifiant client
mail-secret-next = Demandez à votre service informatique de créer là-bas un nouveau secret pour ce client, et de nous le donner : non par e-mail, mais comme vous nous avez donné le premier. L’ancien continue de fonctionner à côté jusqu’à son expiration.
mail-secret-button = Voir ce qui est enregistré

# A code in place of a second step
mail-second-code-subject = Votre code de connexion
mail-second-code-lead = Saisissez ce code sur la page qui l’a demandé, pour continuer à vous connecter en tant que { $account }.
mail-second-code-life = Le code fonctionne une fois, pendant { $minutes } minutes, et dans aucun autre navigateur.
mail-second-code-not-you = Si vous n’êtes pas en train de vous connecter, quelqu’un connaît votre mot de passe. Ne donnez ce code à personne, et choisissez un autre mot de passe.

# A second step is lost: to those who administer, and to the person
mail-factor-lost-subject = { $name } a perdu la seconde étape de connexion
mail-factor-lost-preview = Assurez-vous de qui il s’agit avant de faire quoi que ce soit.
mail-factor-lost-lead = Quelqu’un qui connaît le mot de passe de { $account } dit avoir perdu le téléphone et les codes de secours.
mail-factor-lost-who = Parlez avec la personne par un moyen que vous connaissez déjà, et non en répondant à un e-mail. Ne demandez rien que d’autres pourraient savoir : rencontrez-la, ou appelez-la à un numéro que vous aviez déjà.
mail-factor-lost-next = Si c’est bien cette personne, faites retirer la seconde étape et dites comment vous vous en êtes assuré. Cela attend quelques heures ; toutes les adresses de la personne sont prévenues, et elle peut s’y opposer.
mail-factor-lost-button = Voir qui demande de l’aide
mail-factor-lost-us = Pour une autre personne de l’administration, ou si vous n’y trouvez pas la personne, adressez-vous à la personne titulaire de la licence ou à l’équipe qui gère ce service.
mail-factor-help-subject = Qui peut vous aider à vous reconnecter
mail-factor-help-preview = Vous nous avez dit avoir perdu votre téléphone.
mail-factor-help-lead = Vous nous avez dit avoir perdu le téléphone et les codes de secours de { $account }. L’administration peut faire retirer la seconde étape, après s’être assurée que c’est bien vous.
mail-factor-help-next = Appelez, ou allez sur place. La seconde étape est alors retirée au bout de { $hours } heures ; nous vous prévenons quand ce délai commence, et vous pouvez l’arrêter. Si vous retrouvez avant cela votre téléphone ou un code de secours, connectez-vous, tout simplement.
mail-factor-help-not-you = Si ce n’était pas vous, quelqu’un connaît votre mot de passe. Choisissez-en un autre maintenant, avec « { sign-in-forgot } » sur la page de connexion.
mail-reset-lapsed-subject = La seconde étape n’a pas été retirée : { $name }
mail-reset-lapsed-preview = Quelque chose a changé depuis la demande.
mail-reset-lapsed-lead = La seconde étape du compte { $account } allait être retirée. Un dernier examen l’a empêché.
mail-reset-lapsed-no-factor = Le compte n’a plus de seconde étape.
mail-reset-lapsed-disabled = Le compte a été désactivé entre-temps.
mail-reset-lapsed-organization = Le compte appartient désormais à une autre organisation.
mail-reset-lapsed-address = L’adresse e-mail du compte a été changée entre-temps : notre annonce est donc partie à une autre adresse.
mail-reset-lapsed-beginner = La personne qui l’a demandé ne peut plus le faire pour ce compte.
mail-reset-lapsed-next = Si la personne ne peut toujours pas se connecter, la demande peut être refaite, une fois son identité de nouveau vérifiée. Qui ne peut pas le faire s’adresse à une autre personne de l’administration, ou à l’équipe qui gère ce service.

# To the operators: sign-in failed for many different names from one address
mail-slowed-subject = La connexion a échoué pour beaucoup de noms depuis { $address }
mail-slowed-preview = Nous l’avons ralentie. Veuillez vérifier à qui est cette adresse.
mail-slowed-lead = En { $minutes } minutes, la connexion a échoué pour { $names } noms différents depuis une même adresse réseau. Depuis celle-ci, nous n’acceptons plus de mots de passe qu’après des pauses, chacune plus longue que la précédente. Les navigateurs que les personnes ont déjà utilisés n’ont pas à attendre.
mail-slowed-attack = Vous ne connaissez pas cette adresse ? Alors quelqu’un essaie peut-être des mots de passe sur tout le monde, ou une liste de noms et de mots de passe obtenue ailleurs. Le journal d’audit contient chaque essai, et dit lesquels étaient bons. Votre pare-feu peut lui fermer la porte.
mail-slowed-yours = Est-ce la sortie vers internet d’une de vos organisations ? Alors indiquez son réseau dans limits.known_networks, et libérez l’adresse avec : portico address release { $address }
mail-slowed-more = portico address list les montre toutes. Nous écrivons au plus une fois par jour au sujet d’une même adresse, et de cinq adresses par jour.
