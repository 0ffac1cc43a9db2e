registration-continue = Continuer

registration-name-heading = Comment vous appelez-vous ?
registration-name-lead = C’est ainsi que l’administration du programme et vos collègues vous connaîtront.
registration-first-name = Prénom
registration-last-name = Nom
registration-name-first-missing = Saisissez votre prénom.
registration-name-last-missing = Saisissez votre nom.
registration-name-first-odd = Ce prénom ne peut pas être utilisé. Employez des lettres, des espaces, des traits d’union et des apostrophes, 80 caractères au plus.
registration-name-last-odd = Ce nom ne peut pas être utilisé. Employez des lettres, des espaces, des traits d’union et des apostrophes, 80 caractères au plus.

registration-email-heading = Vérifiez votre adresse e-mail
registration-email-lead = Pour nous assurer que nos e-mails vous parviennent, nous envoyons un code à
registration-email-send = Envoyer le code de vérification
registration-email-sent = Nous avons envoyé un code à 8 chiffres à
registration-email-code = Code de vérification
registration-email-hint = Il vient de { $sender } et fonctionne pendant 10 minutes. S’il n’est pas là, regardez dans vos dossiers de courrier indésirable et de spam.
registration-email-resend = Renvoyer maintenant
registration-code-missing = Saisissez le code de l’e-mail.
registration-code-wrong = Ce n’est pas le dernier code que nous avons envoyé. Vérifiez-le, et saisissez celui de l’e-mail le plus récent.
registration-code-over = Ce code ne fonctionne plus. Demandez-en un nouveau.
registration-code-burnt = Il y a eu trop de codes erronés : celui-ci ne fonctionne plus. Demandez-en un nouveau.
registration-code-soon = Un code a été envoyé il y a moins d’une minute. Cherchez-le d’abord, puis réessayez.
registration-code-often = Nous avons envoyé 5 codes en une heure. Cherchez le plus récent, ou attendez une heure avant d’en demander un autre.

registration-terms-heading = Conditions d’utilisation
registration-terms-lead = Lisez-les et acceptez-les une fois. Elles vous seront présentées de nouveau quand elles changeront.
registration-terms-text = Texte des conditions d’utilisation
registration-terms-version = Version { $version }
registration-terms-accept = Accepter

registration-questions-heading = Définissez vos questions de sécurité
registration-questions-lead = Elles vous aident à obtenir un nouveau mot de passe si vous oubliez le vôtre. Choisissez-en trois, et donnez des réponses que personne d’autre ne connaît et que vous n’oublierez pas.
registration-questions-question = Question { $number }
registration-questions-answer = Réponse { $number }
registration-questions-submit = Valider
registration-questions-later = Elles vous seront demandées de nouveau à votre prochaine connexion.
