provider-problem-heading = This way in does not work
provider-unreadable = The address that brought you here is damaged. Please go back to the product and start again.
provider-no-client = The product that sent you here is not known to us. Please open it from your products, or tell whoever runs it.
provider-redirect = The product that sent you here wants to be answered at an address it has not registered with us, so we do not send you there. Please tell whoever runs it.
provider-gone-heading = This sign-in has waited too long
provider-gone = Please go back to the product and start again. If you began in another browser, go on there.

provider-consent-heading = Sign in to { $client }?
provider-consent-text = { $client } ({ $host }) belongs to somebody else. If you go on, it learns:
provider-consent-own = { $client } ({ $host }) asks who you are. If you go on, it learns:
provider-consent-openid = that it is you, whenever you come back
provider-consent-profile = your name and language
provider-consent-email = your email address
provider-consent-access = your organization, your sites and what you do there
provider-consent-products = which other products you may open, and at which sites
provider-consent-offline = and it may look again while you are away, until you sign out
provider-consent-allow = Allow
provider-consent-deny = Do not allow
provider-consent-hint = It never learns your password.

provider-logout-heading = Do you want to sign out?
provider-logout-by = { $client } asks us to sign you out. That ends your session here, and every product you opened from it is told.
provider-logout-text = That ends your session here, and every product you opened from it is told.
provider-logout-stay = Stay signed in
