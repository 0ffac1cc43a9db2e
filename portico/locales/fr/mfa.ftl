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
mfa-ways-recovery-text = L’un des dix codes que vous avez reçus en configurant votre application.
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
