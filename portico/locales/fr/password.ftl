# What is wrong with a new password, and what helps.
password-overtaken = Votre mot de passe n’a pas été enregistré : entre-temps, de nouvelles réponses à vos questions de sécurité ont été données dans une autre fenêtre, et aucune d’elles ne peut être le mot de passe. Saisissez-le de nouveau.
password-weak-missing = Saisissez un nouveau mot de passe.
password-weak-short = Ce mot de passe est trop court. Utilisez au moins { $min } caractères ; trois ou quatre mots que personne d’autre ne réunirait suffisent.
password-weak-long = Ce mot de passe est trop long. Utilisez au plus { $max } caractères.
password-weak-common = Beaucoup de gens utilisent ce mot de passe, ou il a déjà été volé : il est donc essayé en premier. Ajouter un chiffre n’aide pas. Réunissez quelques mots à vous.
password-weak-named = Ce mot de passe est un nom : le vôtre, celui de votre organisation ou celui de ce service. D’autres l’essaieraient en premier. Choisissez quelque chose qui n’a aucun rapport avec ces noms.
password-weak-pattern = Ce mot de passe répète un même motif : il est donc facile à deviner. Choisissez-en un autre, par exemple quelques mots à vous.
password-weak-keyboard = Ce mot de passe suit les touches du clavier ou l’alphabet : il est donc facile à deviner. Choisissez-en un autre, par exemple quelques mots à vous.
password-weak-date = Ce mot de passe est une date, et il n’y en a pas tant que cela. Choisissez-en un autre, par exemple quelques mots à vous.
password-weak-mismatch = Les deux mots de passe sont différents. Saisissez-les de nouveau tous les deux.
password-weak-temporary = C’est le mot de passe temporaire, et il figurait dans un e-mail. Choisissez-en un à vous, par exemple quelques mots que personne d’autre ne réunirait.
password-weak-answer = Ce mot de passe est la réponse à l’une de vos questions de sécurité. Choisissez-en un autre, pour que connaître l’un ne suffise pas à connaître l’autre.
