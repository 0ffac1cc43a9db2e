# Words that more than one page uses.
web-skip = Aller au contenu principal
web-nav = Vous
web-account = Mon compte
web-help = Aide
web-need-help = Besoin d’aide pour vous connecter ?
web-support = Besoin de parler à quelqu’un ?
web-colon = { " " }:
web-error-prefix = Erreur :
web-show = Afficher
web-hide = Masquer
web-caps = Le verrouillage des majuscules est activé.
web-not-you = Ce n’est pas vous ?
web-back-to-sign-in = Retour à la connexion
web-language-name = Français

# Between a form and a product; seen only where a browser does not go on by itself.
web-onward-heading = Un instant
web-onward-text = Vous êtes en route. Si rien ne se passe, appuyez sur « { web-onward-continue } ».
web-onward-continue = Continuer

# Error pages: what happened, why, what you can do.
web-error-reference = Référence
web-error-reference-hint = Si vous demandez de l’aide, lisez-la à voix haute. Elle nous dit exactement ce qui s’est passé.
web-error-not-found = Cette page n’est pas ici
web-error-not-found-text = L’adresse a peut-être été mal saisie, ou la page a été déplacée.
web-error-form = Nous n’avons pas pu lire ce formulaire
web-error-form-text = Il manquait quelque chose, ou quelque chose était trop long. Revenez en arrière et réessayez.
web-error-cross-site = Cette requête venait d’une autre page
web-error-cross-site-text = Pour protéger votre compte, nous n’acceptons que les formulaires de nos propres pages. Recommencez à partir d’ici.
web-error-too-many = C’était un peu trop rapide
web-error-too-many-text = Il y a eu beaucoup de tentatives depuis votre réseau en peu de temps. Réessayez dans { $minutes } min.
web-error-slowed = Patientez un peu
web-error-slowed-text = La connexion a échoué pour beaucoup de noms différents depuis votre réseau : pendant { $minutes } min, nous n’acceptons plus de mots de passe depuis celui-ci. Ce qui fonctionne malgré tout : un navigateur que vous avez déjà utilisé pour vous connecter, une clé d’accès, et « { sign-in-forgot } », qui fait de ce navigateur l’un des vôtres.
web-error-internal = Un problème est survenu de notre côté
web-error-internal-text = Ce n’est pas votre faute, et rien de ce que vous avez saisi n’est en danger. Réessayez dans un instant.
web-error-busy = Il y a beaucoup de monde en ce moment
web-error-busy-text = Réessayez dans quelques secondes.
web-error-way-home = Aller à vos produits
web-error-way-again = Réessayer

# A time in a sentence or a mail. $month is jan, feb …; $day 01 to 31; $hour has its zone behind it.
web-moment = { $day } { $month ->
    [jan] janv.
    [feb] févr.
    [mar] mars
    [apr] avr.
    [may] mai
    [jun] juin
    [jul] juil.
    [aug] août
    [sep] sept.
    [oct] oct.
    [nov] nov.
   *[dec] déc.
    } { $year }, { $hour }
