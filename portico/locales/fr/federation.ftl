# On the way to an organization's own sign-in and back. { $name } is what its people call that.
federation-not-you = Cela ne vient pas de vous : cette page de connexion échoue en ce moment pour plusieurs personnes.

federation-failed-again = Réessayer
federation-failed-choose = Choisir un autre compte là-bas
federation-failed-go-on = Continuer en tant que { $name }
federation-failed-ask = Adressez-vous au centre d’assistance ou au service informatique de votre organisation.

federation-failed-no-account-here-heading = Vous n’avez pas encore de compte ici
federation-failed-no-account-here-text = { $name } nous a dit qui vous êtes, mais aucun compte ici n’est le vôtre.
federation-failed-no-account-here-advice = Quelqu’un doit d’abord vous donner accès. Si vous avez un autre compte là-bas, choisissez celui-là.

federation-failed-not-who-was-typed-heading = C’est une autre personne
federation-failed-not-who-was-typed-text = { $name } indique que la session ouverte là-bas n’est pas celle de la personne dont le nom a été saisi ici.
federation-failed-not-who-was-typed-advice = Si cet ordinateur est partagé, la session d’une autre personne est peut-être encore ouverte. Choisissez là-bas votre propre compte, ou continuez en tant que la personne dont la session est ouverte.

federation-failed-says-no-heading = { $name } ne vous a pas laissé entrer
federation-failed-says-no-text = Vous voici de retour sans réponse qui permette d’entrer. Vous avez peut-être fait demi-tour là-bas, ou vous n’avez pas le droit d’utiliser ce service.
federation-failed-says-no-advice = Réessayez. Si cela se reproduit, le centre d’assistance de votre organisation peut voir pourquoi.

federation-failed-clock-off-heading = Deux horloges ne sont pas d’accord
federation-failed-clock-off-text = L’horloge de { $name } et la nôtre diffèrent de plus d’une minute : sa réponse paraît trop ancienne ou trop récente pour être sûre.
federation-failed-clock-off-advice = Vous n’y pouvez rien. Prévenez le centre d’assistance de votre organisation et réessayez plus tard.

federation-failed-signature-unknown-heading = Nous n’avons pas pu vérifier la réponse
federation-failed-signature-unknown-text = La réponse de { $name } est signée avec une clé que nous ne connaissons pas.
federation-failed-signature-unknown-advice = Cela arrive quand ses clés viennent de changer. Réessayez dans quelques minutes ; si rien ne change, prévenez le centre d’assistance de votre organisation.

federation-failed-not-answering-heading = { $name } ne répond pas
federation-failed-not-answering-text = Nous avons demandé qui vous êtes, et n’avons reçu à temps aucune réponse utilisable.
federation-failed-not-answering-advice = Votre compte n’est pas en cause. Attendez une minute, puis réessayez.

federation-failed-wrong-answer-heading = La réponse ne convenait pas
federation-failed-wrong-answer-text = Ce qui est revenu de { $name } n’était pas la réponse à cette connexion : nous ne l’avons donc pas utilisé.
federation-failed-wrong-answer-advice = Réessayez à partir d’ici, sans le bouton Précédent de votre navigateur. Si cela se reproduit, prévenez le centre d’assistance de votre organisation.

federation-failed-expired-heading = Cette page est périmée
federation-failed-expired-text = La réponse appartient à une connexion terminée, ou commencée dans un autre navigateur.
federation-failed-expired-advice = Rien n’est perdu. Recommencez.

federation-failed-foreign-email-heading = Cette adresse e-mail ne peut pas être utilisée ici
federation-failed-foreign-email-text = { $name } nous a indiqué une adresse e-mail qui n’appartient pas à votre organisation, ou qui est ici celle d’une autre personne.
federation-failed-foreign-email-advice = Si vous avez un autre compte là-bas, choisissez celui-là. Sinon, le centre d’assistance de votre organisation doit corriger l’adresse.

federation-failed-already-linked-heading = Votre compte ici est relié à une autre connexion
federation-failed-already-linked-text = Le compte qui a votre adresse e-mail est déjà relié à une autre personne chez { $name }, ou à un ancien compte que vous y aviez.
federation-failed-already-linked-advice = Quelqu’un doit vérifier lequel des deux est le vôtre et relier le compte de nouveau.

federation-failed-not-set-up-heading = Cette page de connexion n’est pas bien configurée
federation-failed-not-set-up-text = { $name } et nous ne nous comprenons pas : quelque chose dans les réglages, là-bas ou ici, ne convient pas.
federation-failed-not-set-up-advice = Vous n’y pouvez rien. Prévenez le centre d’assistance de votre organisation.

federation-with-lead = Ce lien mène à { $name }, la page de connexion de { $organization }. Saisissez votre adresse e-mail ou votre nom d’utilisateur, et nous vous y conduisons.

# The page for an organization's IT, which registers us at its identity provider
federation-setup-heading = Relier { $organization } à { $brand }
federation-setup-lead = Votre personnel va se connecter à { $brand } là où il se connecte déjà. Voici les valeurs que demande votre fournisseur d’identité. Rien sur cette page n’est secret.
federation-setup-step-register = Enregistrez auprès de votre fournisseur d’identité une application web avec OpenID Connect (code d’autorisation), avec les valeurs ci-dessous.
federation-setup-step-assign = Autorisez les personnes qui doivent l’utiliser.
federation-setup-step-send = Communiquez à la personne qui configure cela avec vous l’émetteur, l’identifiant client et, autrement que par e-mail, le secret client et le jour où il expire.
federation-setup-values = Ce qu’il faut saisir
federation-setup-copy = Copier
federation-setup-copied = Copié
federation-setup-redirect = URI de redirection
federation-setup-redirect-hint = Aussi appelée URL de réponse, URL de rappel ou URI de redirection de connexion.
federation-setup-signed-out = URI de redirection après déconnexion
federation-setup-signed-out-hint = Aussi appelée URI de redirection de déconnexion ou post-logout redirect URI.
federation-setup-logout = URI de déconnexion par canal arrière (back-channel)
federation-setup-logout-hint = Là où votre fournisseur d’identité nous signale que quelqu’un s’est déconnecté. Laissez vide si ce champ n’existe pas.
federation-setup-jwks = URI JWKS
federation-setup-jwks-hint = La clé publique par laquelle votre fournisseur d’identité nous reconnaît.
federation-setup-auth = Authentification du client
federation-setup-auth-hint = Aussi appelée méthode d’authentification du point de terminaison de jeton.
federation-setup-scopes = Portées (scopes)
federation-setup-scopes-hint = Ce que nous demandons.
federation-setup-claims = Ce que nous lisons
federation-setup-claims-lead = Votre fournisseur d’identité nous communique ces informations (claims) sur chaque personne. Quand plusieurs sont nommées, la première qui existe compte.
federation-setup-claim-email = Adresse e-mail
federation-setup-claim-first-name = Prénom
federation-setup-claim-last-name = Nom
federation-setup-claim-user-name = Nom d’utilisateur
federation-setup-claim-roles = Rôles
