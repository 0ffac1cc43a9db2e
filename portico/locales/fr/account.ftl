account-back = Retour à mon compte
account-change = Modifier
account-add = Ajouter
account-see = Voir pourquoi
account-save = Enregistrer
account-others-end = Vos sessions sont alors fermées partout ailleurs ; celle de ce navigateur reste ouverte.
account-stale = Quelque chose a changé depuis l’ouverture de cette page, si bien que rien n’a été enregistré. Regardez ce qu’il en est maintenant, et recommencez.
account-wrong = Quelque chose est inexact et ne se modifie pas ici ? L’administration du programme peut le faire.

# Sections of my account, and their lines
account-who = Qui je suis
account-how = Comment je me connecte
account-sessions = Où ma session est ouverte
account-name = Nom
account-email = Adresse e-mail
account-second = Seconde boîte mail
account-user-name = Nom d’utilisateur
account-user-name-none = Aucun
account-organization = Organisation
account-language = Langue
account-password = Mot de passe
account-password-set = Défini le
account-password-none = Aucun
account-password-there = Conservé par votre organisation : { $organization }
account-questions = Questions de sécurité
account-questions-are-set = Définies
account-questions-none = Aucune n’est définie.
account-passkeys = Clés d’accès
account-passkeys-change = Ajouter ou retirer
account-factor = Seconde étape
account-factor-app = Une application d’authentification. Codes de secours restants : { $left }
account-factor-none = Aucune
account-factor-passkey = Une clé d’accès. Codes de secours restants : { $left }
account-this = Ce navigateur
account-from = depuis l’adresse { $address }
account-since = active depuis :

# What was done
account-done-name = Votre nom a été modifié.
account-done-email = Votre adresse e-mail a été modifiée. Vos sessions sont fermées partout ailleurs.
account-done-email-kept = Votre adresse e-mail reste telle quelle.
account-done-user-name = Votre nom d’utilisateur a été enregistré. Vos sessions sont fermées partout ailleurs.
account-done-user-name-gone = Votre nom d’utilisateur a été retiré. Vos sessions sont fermées partout ailleurs.
account-done-password = Votre mot de passe a été modifié. Vos sessions sont fermées partout ailleurs.
account-done-questions = Vos questions de sécurité ont été enregistrées. Vos sessions sont fermées partout ailleurs.
account-done-questions-gone = Vos questions de sécurité ont été retirées. Vos sessions sont fermées partout ailleurs.

# Name
account-name-heading = Modifiez votre nom
account-name-lead = C’est ainsi que l’administration du programme et vos collègues vous connaissent, dans tous les produits.
account-name-kept-several = Plusieurs personnes utilisent ce compte, dont le nom n’est pas celui d’une seule. L’administration du programme peut le modifier.

# Email
account-email-heading = Modifiez votre adresse e-mail
account-email-now = L’adresse de votre compte est
account-email-new = Nouvelle adresse e-mail
account-email-hint = Nous y envoyons un code. Rien ne change tant que vous ne l’avez pas saisi ici, et nous prévenons votre adresse actuelle.
account-email-waits = Tant que vous ne l’avez pas saisi, rien ne change.
account-email-keep = Garder l’adresse actuelle
account-email-elsewhere-asked = Ce changement a été demandé dans un autre navigateur, et son code ne fonctionne que là. Si ce n’était pas vous, gardez l’adresse actuelle, et modifiez votre mot de passe.
account-email-missing = Saisissez la nouvelle adresse e-mail.
account-email-odd = Cela ne ressemble pas à une adresse e-mail. Elle devrait être de la forme nom@mail.example.
account-email-same = C’est déjà votre adresse. Saisissez-en une autre.
account-email-second = C’est votre seconde boîte mail. Elle ne servirait à rien si les deux étaient la même : retirez-la d’abord là-bas, ou saisissez une autre adresse.
account-email-domain = Cette adresse est celle d’une autre organisation, et ne peut pas être celle d’un compte de la vôtre. Saisissez-en une autre.
account-email-elsewhere = Avec cette adresse, vous vous connecteriez sur la page de votre organisation. Demandez à l’administration du programme de la modifier pour vous.
account-email-taken = Cette adresse ne peut pas être utilisée pour ce compte. Saisissez-en une autre, ou adressez-vous à l’administration du programme.
account-email-kept-several = Plusieurs personnes utilisent ce compte, dont l’adresse n’est pas celle d’une seule. L’administration du programme peut la modifier.
account-email-kept-organization = Vous vous connectez sur la page de votre organisation ({ $organization }), qui dit quelle est votre adresse. Qui s’y occupe de la connexion peut la modifier.

# Username
account-user-name-heading = Votre nom d’utilisateur
account-user-name-lead = Il vous permet de vous connecter à la place de votre adresse e-mail. Personne d’autre ne peut avoir le même.
account-user-name-rule = Des lettres, des chiffres, des traits d’union et des traits de soulignement.
account-user-name-remove = Le retirer
account-user-name-remove-hint = Vous vous connectez ensuite avec
account-user-name-missing = Saisissez le nom d’utilisateur que vous voulez.
account-user-name-odd = Ce nom d’utilisateur ne peut pas être utilisé. Employez des lettres, des chiffres, des traits d’union et des traits de soulignement.
account-user-name-short = Ce nom d’utilisateur est trop court. Employez au moins { $min } caractères.
account-user-name-long = Ce nom d’utilisateur est trop long. Employez au plus { $max } caractères.
account-user-name-taken = Quelqu’un a ce nom d’utilisateur. Choisissez-en un autre.
account-user-name-same = C’est déjà votre nom d’utilisateur. Saisissez-en un autre.
account-user-name-needed = Plusieurs comptes partagent votre boîte mail, et le nom d’utilisateur les distingue. Vous pouvez le modifier, mais pas vous en passer.
account-user-name-often = Vous avez essayé { $tries } noms d’utilisateur aujourd’hui. Revenez demain, ou adressez-vous à l’administration du programme.
account-user-name-kept-several = Plusieurs personnes utilisent ce compte, dont le nom d’utilisateur n’est pas celui d’une seule. L’administration du programme peut le modifier.
account-user-name-kept-organization = Vous vous connectez sur la page de votre organisation ({ $organization }), où un nom d’utilisateur d’ici ne sert à rien.

# Password
account-password-heading = Modifiez votre mot de passe
account-password-current = Mot de passe actuel
account-password-current-missing = Saisissez aussi votre mot de passe actuel.
account-password-current-wrong = Ce n’est pas votre mot de passe actuel. Saisissez-le de nouveau. Si vous ne le connaissez pas, déconnectez-vous, et utilisez « { sign-in-forgot } » à la prochaine connexion.
account-password-current-locked = Ce n’est pas votre mot de passe actuel, et il y en a eu plusieurs d’erronés, si bien que nous n’en acceptons plus pendant un moment. Déconnectez-vous, et utilisez « { sign-in-forgot } » pour en choisir un nouveau tout de suite.
account-password-current-same = C’est le mot de passe que vous avez. Choisissez-en un autre.
account-password-locked-until = Nous n’acceptons ici aucun mot de passe pour ce compte avant :
account-password-kept-several = Plusieurs personnes utilisent ce compte et son mot de passe, si bien qu’aucune ne peut le modifier pour les autres. L’administration du programme le peut.
account-password-kept-organization = Vous vous connectez sur la page de votre organisation ({ $organization }), avec le mot de passe que vous y avez. C’est là qu’il se modifie.

# Security questions
account-questions-set = Celles-ci sont définies. Les réponses ne sont montrées à personne, pas même à vous.
account-questions-remove = Les retirer
account-questions-remove-hint = Sans elles, vous aurez peut-être besoin de l’administration du programme si vous oubliez votre mot de passe.
account-questions-choose = Choisissez-en trois
account-questions-replace = Choisissez-en d’autres à leur place
account-questions-no-use = Votre compte n’a pas besoin de questions de sécurité : si vous oubliez votre mot de passe, d’autres chemins y ramènent.
