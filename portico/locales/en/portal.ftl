portal-heading = Your products
portal-hello = Hello, { $name }
portal-find = Find a product
portal-none-found = Nothing here matches what you typed.
portal-used = Last used
portal-legacy = Not moved here yet
portal-scheduled = Moves here
portal-old = Sign in at { $product }
portal-ended = License ended
portal-missing = Don't see your product?
portal-missing-moved = It may not have moved here yet. Until then, sign in on its own page as before.
portal-missing-access = You may not have access to it. Your Program Administrator or the License Owner within your organization can give it to you.
portal-missing-menu = Some products open from another product only. Open that one, then choose from the menu at its top left.
portal-back = Back to your products

portal-no-sites-heading = You are signed in
portal-no-sites = There are no sites associated to your account. Please contact your Program Administrator or the License Owner within your organization for further assistance.
portal-helpers = Who can help
portal-role-program-administrator = Program Administrator
portal-role-license-owner = License Owner
portal-ask = Ask for access
portal-ask-hint = We put your request before them and tell them by mail. Once is enough.
portal-asked = Your request was sent.
portal-asked-next = Nothing more to do for now. When somebody has given you access, it is here the next time you look.

portal-refused-heading = You cannot open { $product }
portal-refused-not-moved = { $product } has not moved here yet. Until it does, sign in on its own page as before.
portal-refused-license = Your organization’s license for { $product } has ended. The License Owner of your organization can renew it.
