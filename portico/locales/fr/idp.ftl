# The sample identity provider of the demo. It speaks for Lakeshore Hospital, not for Portico.
idp-house = Lakeshore Hospital
idp-motto = Au bord de l’eau, pour tout le monde
idp-sample = Un exemple de fournisseur d’identité, pour la démonstration. Personne ici n’est réel.
idp-incident = La connexion de l’hôpital fonctionne mal en ce moment, exprès ; cela se règle au
idp-error = Erreur :

# The entrance
idp-entrance = Entrée du personnel
idp-entrance-lead = Vous êtes en route vers Portico. Lakeshore lui dit qui vous êtes, et jamais votre mot de passe.
idp-email = Adresse e-mail
idp-password = Mot de passe
idp-badge = J’ai présenté mon badge
idp-badge-hint = Un second facteur. Un vrai hôpital interrogerait son lecteur de badges, pas vous.
idp-badge-wanted = Portico demande un second facteur cette fois.
idp-enter = Se connecter chez Lakeshore
idp-cancel = Revenir sans se connecter
idp-wrong = Lakeshore ne connaît personne avec cette adresse e-mail et ce mot de passe. Saisissez les deux de nouveau ; dans la démonstration, le mot de passe de tout le monde est correct-horse-battery.
idp-choose-heading = Est-ce vous ?
idp-choose = La session de { $name } ({ $email }) est ouverte chez Lakeshore dans ce navigateur.
idp-go-on = Continuer en tant que { $name }
idp-another = Je suis quelqu’un d’autre

# The way out
idp-leaving-heading = Quitter Lakeshore ?
idp-leaving = La session de { $name } est ouverte à l’hôpital dans ce navigateur.
idp-leave = Se déconnecter de Lakeshore
idp-stay = Rester
idp-left-heading = Vous avez quitté Lakeshore
idp-left = Votre session à l’hôpital est fermée. Portico en a été informé, et met fin là-bas à ce qui a commencé ici.
idp-to-portico = Aller à Portico

# Ways that do not lead in
idp-unreadable-heading = On n’entre pas par ici
idp-unreadable = Ce qui vous a conduit ici est illisible, ou ramènerait à une adresse que Lakeshore ne connaît pas. Recommencez là d’où vous venez.
idp-lost-heading = Il n’y a rien ici
idp-lost = Lakeshore n’a aucune page à cette adresse.

# The incident desk
idp-desk-heading = Bureau des incidents
idp-desk-lead = Ici, vous faites mal fonctionner la connexion de l’hôpital. Connectez-vous ensuite à Portico en tant que lee@lakeshore.example, et voyez ce qui est dit aux gens, et qui peut aider.
idp-desk-legend = Comment la connexion se comporte
idp-desk-set = Appliquer
idp-desk-here = Qui a une session ouverte ici, dans ce navigateur
idp-desk-signed-in = { $name }, { $email }
idp-desk-nobody = Personne.
idp-desk-staff = Qui travaille ici
idp-desk-password = Le mot de passe de tout le monde est
idp-about-lee = A un compte chez Portico, et entre.
idp-about-ines = A besoin d’un second facteur chez Portico : un badge présenté ici en est un.
idp-about-noor = Travaille ici, et n’a pas de compte chez Portico.
idp-about-vera = Titulaire de la licence de Lakeshore chez Portico.
idp-about-tomas = L’autre personne titulaire de la licence de Lakeshore chez Portico.

# Its moods, and what people are told then
idp-mood-well = Normalement
idp-shows-well = lee entre, et ne saisit l’adresse e-mail qu’une fois.
idp-mood-says-no = Elle dit non
idp-shows-says-no = Lakeshore refuse tout le monde après la connexion.
idp-mood-colleague = Elle répond avec un autre membre du personnel
idp-shows-colleague = lee saisit un nom chez Portico, et c’est Vera qui revient.
idp-mood-stranger = Elle répond avec quelqu’un d’une autre organisation
idp-shows-stranger = Elle prétend envoyer omar@riverside.example.
idp-mood-clock = Son horloge avance de dix minutes
idp-shows-clock = Ce qu’elle signe n’est pas de maintenant.
idp-mood-unknown-key = Elle signe avec une clé inconnue
idp-shows-unknown-key = Personne ne peut savoir si ses réponses viennent d’elle.
idp-mood-other-issuer = Elle répond au nom d’un autre
idp-shows-other-issuer = La réponse dit qu’elle vient d’un autre fournisseur d’identité.
idp-mood-down = Elle est en panne
idp-shows-down = L’entrée s’ouvre, et derrière rien ne répond aux questions de Portico.
idp-mood-hangs = Elle ne réagit plus
idp-shows-hangs = Elle reçoit les questions de Portico et ne répond jamais ; Portico abandonne au bout de quelques secondes.
