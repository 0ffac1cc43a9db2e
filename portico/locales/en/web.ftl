# Words that more than one page uses.
web-skip = Skip to the main content
web-nav = You
web-account = My account
web-help = Help
web-need-help = Need help signing in?
web-support = Need a person?
web-colon = :
web-error-prefix = Error:
web-show = Show
web-hide = Hide
web-caps = Caps Lock is on.
web-not-you = Not you?
web-back-to-sign-in = Back to sign-in
web-language-name = English

# Between a form and a product; seen only where a browser does not go on by itself.
web-onward-heading = One moment
web-onward-text = You are on your way. If nothing happens, press Continue.
web-onward-continue = Continue

# Error pages: what happened, why, what you can do.
web-error-reference = Reference
web-error-reference-hint = If you ask for help, read this out. It tells us exactly what happened.
web-error-not-found = This page is not here
web-error-not-found-text = The address may have been typed differently, or the page has moved.
web-error-form = We could not read that form
web-error-form-text = Something was missing or too long. Please go back and try once more.
web-error-cross-site = This request came from another page
web-error-cross-site-text = To keep your account safe we only take forms from our own pages. Please start again from here.
web-error-too-many = That was a little too fast
web-error-too-many-text = There were many tries from your network in a short time. Please try again in { $minutes } min.
web-error-slowed = Please wait a little
web-error-slowed-text = Sign-in failed for many different names from your network, so that we take no passwords from there for { $minutes } min. What works all the same: a browser in which you have signed in before, a passkey, and “{ sign-in-forgot }”, which makes this browser one of yours.
web-error-internal = Something went wrong on our side
web-error-internal-text = It is not your fault, and nothing you typed is at risk. Please try again in a moment.
web-error-busy = We are very busy just now
web-error-busy-text = Please try again in a few seconds.
web-error-way-home = Go to your products
web-error-way-again = Try again

# A time in a sentence or a mail. $month is jan, feb …; $day 01 to 31; $hour has its zone behind it.
web-moment = { $year }-{ $month ->
    [jan] 01
    [feb] 02
    [mar] 03
    [apr] 04
    [may] 05
    [jun] 06
    [jul] 07
    [aug] 08
    [sep] 09
    [oct] 10
    [nov] 11
   *[dec] 12
    }-{ $day } { $hour }
