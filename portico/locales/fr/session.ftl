session-sign-out = Se déconnecter
session-out-heading = Votre session est fermée
session-out-text = Sur un ordinateur partagé, fermez aussi cette fenêtre.
session-again = Se reconnecter
