session-sign-out = Se déconnecter
session-out-heading = Votre session est fermée
session-out-text = Sur un ordinateur partagé, fermez aussi cette fenêtre.
session-again = Se reconnecter

# Devices and sessions of one's own
session-own-heading = Appareils et sessions
session-own-lead = Une session est ouverte dans ces navigateurs. Fermez celles que vous ne connaissez pas ou n’utilisez plus.
session-own-began = Session ouverte :
session-own-used = Dernière utilisation :
session-own-ended = Fermée :
session-own-end = Fermer la session
session-own-end-others = Fermer toutes les autres sessions
session-own-alone = Aucune autre session n’est ouverte.
session-own-proof = Pour confirmer que c’est bien vous, nous vous demandons de vous connecter encore une fois avant de fermer ou d’oublier quoi que ce soit.
session-own-ended-heading = Fermées pour une autre
session-own-ended-text = Ces sessions ont été fermées lors d’une connexion à un endroit de plus que votre organisation ne le permet.
session-own-known-heading = Navigateurs connus
session-own-known-text = Votre compte s’y est déjà connecté, et les essais erronés de votre mot de passe ailleurs ne les bloquent pas. Oubliez ceux qui ne sont pas les vôtres ou que vous n’utilisez plus.
session-own-unnamed = Un navigateur
session-own-forget = Oublier
session-own-life-heading = Combien de temps dure une session
session-own-life = Elle se termine après { $idle } sans utilisation, et au plus tard { $longest } après la connexion.
session-own-at-once = { $count ->
        [one] Votre organisation permet une seule session à la fois : se connecter ailleurs la ferme.
       *[other] Votre organisation permet { $count } sessions à la fois : une de plus ferme celle qui est inutilisée depuis le plus longtemps.
    }
session-own-minutes = { $count ->
        [one] une minute
       *[other] { $count } minutes
    }
session-own-hours = { $count ->
        [one] une heure
       *[other] { $count } heures
    }
session-own-days = { $count ->
        [one] un jour
       *[other] { $count } jours
    }
session-own-done-session = Cette session est fermée, et les produits qui y étaient ouverts en sont informés.
session-own-done-others = Toutes les autres sessions sont fermées, et les produits qui y étaient ouverts en sont informés.
session-own-done-browser = Ce navigateur est oublié. Si quelqu’un s’y connecte avec votre compte, nous vous le dirons par e-mail.
