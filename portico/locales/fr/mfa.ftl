mfa-heading = Encore une étape
mfa-lead = Ouvrez votre application d’authentification. Elle affiche un code à 6 chiffres pour ce compte.
mfa-code = Saisissez le code
mfa-verify = Vérifier
mfa-hint = Le code change toutes les 30 secondes. S’il est sur le point de changer, attendez le suivant.
mfa-missing = Saisissez le code de votre application d’authentification.
mfa-wrong = Ce code n’a pas fonctionné. Attendez le code suivant de votre application, puis saisissez celui-là.
mfa-locked = Il y a eu trop de codes erronés. Vous pourrez réessayer à partir de : { $until }.
mfa-another = Autrement

# Setting an authenticator app up
mfa-set-up-heading = Configurer une seconde étape
mfa-set-up-lead = Il faut à ce compte plus qu’un mot de passe : un code d’une application sur votre téléphone. Vous la configurez une seule fois, en deux minutes environ.
mfa-set-up-wish = À partir de là, se connecter demande votre mot de passe et un code d’une application sur votre téléphone. Vous la configurez une seule fois, en deux minutes environ.
mfa-set-up-instead = Configurez l’application que vous utiliserez désormais. L’ancienne cesse de fonctionner.
mfa-set-up-beside = Configurez une application en plus de vos clés d’accès. À partir de là, un code de celle-ci suffira quand vous n’aurez aucune clé d’accès sous la main.
mfa-set-up-app = Prenez votre téléphone, avec une application d’authentification. N’importe laquelle convient, et beaucoup de téléphones en ont déjà une.
mfa-set-up-scan = Ajoutez un compte dans l’application, et dirigez l’appareil photo vers cette image.
mfa-set-up-picture = Image pour l’appareil photo de votre application d’authentification. Elle contient la clé qui figure en dessous.
mfa-set-up-type = Si vous ne pouvez pas utiliser l’appareil photo, saisissez plutôt cette clé :
mfa-set-up-copy = Copier
mfa-copied = Copié
mfa-set-up-names = L’application l’affichera sous { $issuer }, { $account }.
mfa-set-up-here = L’application est sur cet appareil : l’ouvrir
mfa-set-up-confirm = Saisissez le code à 6 chiffres que l’application affiche maintenant.
mfa-set-up-wrong = Ce code n’a pas fonctionné. Vérifiez que l’application affiche le compte que vous venez d’ajouter, et que votre téléphone est à l’heure. Saisissez ensuite le code qu’elle affiche maintenant.

# Recovery codes, when they are shown
mfa-codes-heading = Conservez vos codes de secours
mfa-codes-lead = Chacun vous laisse entrer une fois quand votre téléphone est perdu ou n’est pas à portée de main. Imprimez-les, ou mettez-les dans votre gestionnaire de mots de passe ; pas seulement sur votre téléphone.
mfa-codes-of = Codes de secours de { $brand }, { $account }
mfa-codes-copy = Tout copier
mfa-codes-print = Imprimer
mfa-codes-once = Nous ne les affichons que maintenant. Après cette page, personne ne peut les lire, pas même nous.
mfa-codes-kept = Je les ai conservés

# Another way than the app
mfa-ways-heading = Autrement
mfa-ways-app = J’ai mon application, finalement
mfa-ways-recovery = Utiliser un code de secours
mfa-ways-recovery-text = L’un des dix codes que vous avez reçus en configurant votre application ou votre clé d’accès.
mfa-ways-recovery-button = Utiliser un code de secours
mfa-ways-email = Recevoir un code par e-mail
mfa-ways-email-text = Votre organisation le permet de temps en temps. Les produits qui demandent deux étapes demanderont toujours votre application.
mfa-ways-email-button = M’envoyer un code
mfa-lost-heading = J’ai perdu mon téléphone
mfa-lost-code = Utilisez un code de secours, et cochez-y « { mfa-recovery-lost } » : vous configurez ensuite une autre application.
mfa-lost-no-code = Il ne vous reste pas de code de secours non plus. Quelqu’un doit alors s’assurer que c’est bien vous.
mfa-lost-how = Sans code de secours, demandez à l’administration du programme ou à la personne titulaire de la licence dans votre organisation. Elles s’assurent que c’est bien vous, et font retirer la seconde étape. Cela prend { $hours } heures, et nous prévenons toutes vos adresses, pour que personne ne puisse le faire en votre nom.
mfa-lost-ask = Demander de l’aide
mfa-lost-asked = Votre administration a reçu un e-mail, et vous un autre qui dit à qui vous adresser. Nous n’écrivons pas plus d’une fois par jour.
mfa-lost-waits = Votre seconde étape va être retirée. Reconnectez-vous après :

mfa-recovery-heading = Utiliser un code de secours
mfa-recovery-lead = Saisissez l’un de vos codes. Chacun fonctionne une fois.
mfa-recovery-code = Code de secours
mfa-recovery-hint = Douze lettres et chiffres, comme k7mq-p3xv-th29. Les majuscules et les tirets ne comptent pas.
mfa-recovery-lost = J’ai perdu mon téléphone : configurer ensuite une autre application
mfa-recovery-missing = Saisissez l’un de vos codes de secours.
mfa-recovery-wrong = Ce code n’a pas fonctionné. Il est peut-être mal saisi, ou a déjà été utilisé. Essayez un autre de vos codes.

mfa-email-heading = Saisissez le code de notre e-mail
mfa-email-sent = Nous avons envoyé un code à :
mfa-email-hint = L’e-mail vient de { $sender }. Le code a 8 chiffres, fonctionne pendant 10 minutes, et seulement sur cette page.
mfa-email-resend = Renvoyer
mfa-email-missing = Saisissez le code de notre e-mail.
mfa-email-wrong = Ce code n’a pas fonctionné. Utilisez l’e-mail le plus récent, et vérifiez qu’il n’y a pas de faute de frappe.
mfa-email-soon = Nous avons envoyé un code il y a moins d’une minute. Regardez dans votre boîte mail, et réessayez dans un instant.
mfa-email-often = Nous avons envoyé plusieurs codes en une heure. Utilisez le plus récent, ou réessayez plus tard.

# Offered to whoever has none
mfa-offer-heading = Protégez votre compte par une seconde étape
mfa-offer-text = Un mot de passe peut être deviné ou confié. Avec un code d’une application sur votre téléphone, personne n’entre avec votre seul mot de passe. Cela prend deux minutes.
mfa-offer-button = Configurer une seconde étape
mfa-offer-later = Pas maintenant

# My account
mfa-own-heading = Votre seconde étape
mfa-own-lead = Avec une seconde étape, personne n’entre avec votre seul mot de passe.
mfa-own-lead-required = Votre compte exige une seconde étape : personne n’entre avec votre seul mot de passe.
mfa-own-shared = Plusieurs personnes utilisent ce compte : aucune d’elles ne peut configurer une seconde étape pour toutes.
mfa-own-app = Application d’authentification
mfa-own-app-since = Configurée le
mfa-own-app-none = Aucune n’est configurée.
mfa-own-app-beside = Aucune n’est configurée. Vous pouvez en avoir une en plus de vos clés d’accès : un code de celle-ci suffira alors aussi.
mfa-own-set-up = Configurer une application
mfa-own-replace = Configurer une autre application
mfa-own-replace-hint = Pour un nouveau téléphone. L’ancienne application fonctionne jusqu’à ce que la nouvelle ait montré son premier code.
mfa-own-remove-open = Retirer l’application
mfa-own-remove-means = À partir de là, votre mot de passe suffit pour entrer, à vous et à quiconque le connaît. Vos codes de secours cessent de fonctionner. Vos sessions sont fermées partout ailleurs.
mfa-own-remove-beside = À partir de là, votre seconde étape se limite à vos clés d’accès et à vos codes de secours. Vos sessions sont fermées partout ailleurs.
mfa-own-remove = Retirer
mfa-own-removed = L’application a été retirée. Vos sessions ont été fermées partout ailleurs.
mfa-own-last = Votre compte exige une seconde étape, et celle-ci est la seule : elle ne peut donc pas être retirée. Configurez-en d’abord une autre.
mfa-own-codes = Codes de secours
mfa-own-codes-left = Codes restants : { $left }
mfa-own-codes-unkept = Vous n’avez pas encore dit que vous les avez conservés.
mfa-own-codes-show = Les afficher
mfa-own-codes-make = Créer de nouveaux codes
mfa-own-codes-hint = Les anciens cessent de fonctionner, et vos sessions sont fermées partout ailleurs.
mfa-own-renewed = Voici vos codes à partir de maintenant. Les anciens ne fonctionnent plus.
mfa-own-kept = Vos codes de secours sont conservés.
mfa-own-passkeys = Clés d’accès que vous avez : { $count }

# For those who look after an organization’s people
mfa-people-heading = Secondes étapes perdues
mfa-people-asked = Qui demande de l’aide
mfa-people-asked-none = Personne n’en a demandé au cours de la dernière semaine.
mfa-people-asked-at = Demandée :
mfa-people-choose = Aider { $name }
mfa-people-waiting = Secondes étapes qui vont être retirées
mfa-people-due = Retirée :
mfa-people-by = Commencé par { $name }
mfa-people-by-us = Commencé par l’équipe qui gère ce service
mfa-people-stop = L’arrêter pour { $name }
mfa-people-reset = Faire retirer une seconde étape
mfa-people-sure = Assurez-vous d’abord de qui il s’agit, par un moyen que vous connaissez déjà : rencontrez la personne, ou appelez un numéro que vous aviez déjà. Un e-mail ne prouve rien, pas plus que ce que d’autres pourraient savoir.
mfa-people-means = La seconde étape est retirée après { $hours } heures, et personne ne peut abréger ce délai. Toutes les adresses de la personne sont prévenues aussitôt. Elle peut l’arrêter, et vous aussi. Le mot de passe reste tel qu’il est.
mfa-people-how = Comment vous en êtes-vous assuré ?
mfa-people-how-hint = C’est conservé. Par exemple : vu au guichet, badge 4711.
mfa-people-begin = La faire retirer
mfa-people-not = Vous pouvez le faire pour les personnes dont vous vous occupez, et non pour vous. Pour d’autres personnes de l’administration, la personne titulaire de la licence peut le faire, ou l’équipe qui gère ce service.
mfa-people-begun = C’est commencé. La personne est prévenue maintenant, à toutes ses adresses.
mfa-people-stopped = C’est arrêté. La personne est prévenue.
mfa-people-nobody = Il n’y a sous ce nom personne dont vous puissiez faire retirer la seconde étape.
mfa-people-no-factor = Ce compte n’a pas de seconde étape.
mfa-people-disabled = Ce compte est désactivé.
mfa-people-unproved = L’adresse de ce compte a été changée et n’est pas encore confirmée : son titulaire ne pourrait pas être prévenu. Adressez-vous à l’équipe qui gère ce service : elle peut la faire retirer après avoir vérifié aussi l’adresse.
mfa-people-waits = Elle va déjà être retirée.
mfa-people-reason = Dites comment vous vous êtes assuré de qui il s’agit, en 3 à 300 caractères.
mfa-people-over = C’était déjà terminé : arrêté, ou fait.
