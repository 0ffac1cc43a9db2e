sign-in-heading = Connexion
sign-in-identifier = Adresse e-mail ou nom d’utilisateur
sign-in-remember = Se souvenir de moi
sign-in-next = Suivant
sign-in-again = Ce que vous allez faire peut ouvrir votre compte à quelqu’un d’autre. Montrez encore une fois que c’est bien vous. Vous continuerez ensuite ici même.
sign-in-identifier-missing = Saisissez votre adresse e-mail ou votre nom d’utilisateur.
sign-in-identifier-odd = Cela ne peut être ni une adresse e-mail ni un nom d’utilisateur. Vérifiez qu’il n’y a pas de faute de frappe.
sign-in-cookies-off = Votre navigateur ne conserve pas les cookies de cette page, et sans eux personne ne peut se connecter. Autorisez-les, puis réessayez.

sign-in-password-heading = Saisissez votre mot de passe
sign-in-password = Mot de passe
sign-in-submit = Se connecter
sign-in-forgot = Mot de passe oublié ?
sign-in-password-missing = Saisissez votre mot de passe.
sign-in-password-replaced = Ce mot de passe temporaire a été remplacé depuis. Saisissez celui de notre dernier e-mail.
sign-in-wrong = Adresse e-mail ou mot de passe incorrect.
sign-in-locked = Le nom d’utilisateur ou le mot de passe est incorrect. Votre compte a été temporairement verrouillé à la suite de plusieurs tentatives de connexion infructueuses. Utilisez le lien « { sign-in-forgot } » pour réinitialiser votre mot de passe et déverrouiller votre compte.
sign-in-locked-until = Verrouillé jusqu’à :

sign-in-refused-heading = Vous ne pouvez pas vous connecter avec ce compte
sign-in-refused-disabled = Ce compte a été désactivé : il n’ouvre plus rien ici. Un nouveau mot de passe n’y changerait rien.
sign-in-refused-factor = Ce compte doit se connecter avec une seconde étape. Plusieurs personnes le partagent, si bien que personne ne peut en configurer une pour toutes : quelqu’un doit changer cela avant que vous puissiez continuer.
sign-in-refused-who = Qui peut vous aider
sign-in-refused-ask = Contactez l’administration du programme ou la personne titulaire de la licence de votre organisation.
sign-in-other-account = Utiliser un autre compte
