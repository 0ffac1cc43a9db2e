mfa-heading = Encore une étape
mfa-lead = Ouvrez votre application d’authentification. Elle affiche un code à 6 chiffres pour ce compte.
mfa-code = Saisissez le code
mfa-verify = Vérifier
mfa-hint = Le code change toutes les 30 secondes. S’il est sur le point de changer, attendez le suivant.
mfa-missing = Saisissez le code de votre application d’authentification.
mfa-wrong = Ce code n’a pas fonctionné. Attendez le code suivant de votre application, puis saisissez celui-là.
mfa-locked = Il y a eu trop de codes erronés. Vous pourrez réessayer à partir de : { $until }.
