provider-problem-heading = On n’entre pas par ici
provider-unreadable = L’adresse qui vous a conduit ici est endommagée. Retournez au produit et recommencez.
provider-no-client = Nous ne connaissons pas le produit qui vous a envoyé ici. Ouvrez-le depuis vos produits, ou prévenez la personne qui le gère.
provider-redirect = Le produit qui vous a envoyé ici veut recevoir la réponse à une adresse qu’il n’a pas enregistrée chez nous : nous ne vous y envoyons donc pas. Prévenez la personne qui le gère.
provider-gone-heading = Cette connexion a attendu trop longtemps
provider-gone = Retournez au produit et recommencez. Si vous avez commencé dans un autre navigateur, continuez dans celui-ci.

provider-consent-heading = Se connecter à { $client } ?
provider-consent-text = { $client } ({ $host }) appartient à une autre entreprise. Si vous continuez, elle saura :
provider-consent-own = { $client } ({ $host }) demande qui vous êtes. Si vous continuez, ce produit saura :
provider-consent-openid = que c’est vous, chaque fois que vous reviendrez
provider-consent-profile = votre nom et votre langue
provider-consent-email = votre adresse e-mail
provider-consent-access = votre organisation, vos sites et ce que vous y faites
provider-consent-products = quels autres produits vous pouvez ouvrir, et sur quels sites
provider-consent-offline = et cela pourra être consulté de nouveau en votre absence, jusqu’à votre déconnexion
provider-consent-allow = Autoriser
provider-consent-deny = Ne pas autoriser
provider-consent-hint = Votre mot de passe ne lui est jamais communiqué.

provider-logout-heading = Voulez-vous vous déconnecter ?
provider-logout-by = { $client } nous demande de vous déconnecter. Cela met fin à votre session ici, et chaque produit que vous avez ouvert depuis celle-ci en est informé.
provider-logout-text = Cela met fin à votre session ici, et chaque produit que vous avez ouvert depuis celle-ci en est informé.
provider-logout-stay = Garder ma session ouverte
