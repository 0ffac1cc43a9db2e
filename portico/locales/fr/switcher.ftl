switcher-menu = Produits
switcher-current = Vous êtes ici
switcher-portal = Tous vos produits
switcher-moves = Transfert ici : { $day }
