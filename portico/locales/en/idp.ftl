# The sample identity provider of the demo. It speaks for Lakeshore Hospital, not for Portico.
idp-house = Lakeshore Hospital
idp-motto = By the water, for everyone
idp-sample = A sample identity provider of the demo. Nobody here is real.
idp-incident = The hospital’s sign-in is made to misbehave just now, at the
idp-error = Error:

# The entrance
idp-entrance = Staff entrance
idp-entrance-lead = You are on your way to Portico. Lakeshore tells it who you are, and never your password.
idp-email = Email
idp-password = Password
idp-badge = I have shown my badge
idp-badge-hint = A second factor. A real hospital would ask its card reader, not you.
idp-badge-wanted = Portico asks for a second factor this time.
idp-enter = Sign in at Lakeshore
idp-cancel = Go back without signing in
idp-wrong = Lakeshore knows nobody with this email and password. Type both again; in the demo, everybody’s password is correct-horse-battery.
idp-choose-heading = Is it you?
idp-choose = { $name } ({ $email }) is signed in at Lakeshore in this browser.
idp-go-on = Go on as { $name }
idp-another = I am somebody else

# The way out
idp-leaving-heading = Leave Lakeshore?
idp-leaving = { $name } is signed in at the hospital in this browser.
idp-leave = Sign out of Lakeshore
idp-stay = Stay
idp-left-heading = You have left Lakeshore
idp-left = You are signed out at the hospital. Portico has been told, and ends there what began here.
idp-to-portico = Go to Portico

# Ways that do not lead in
idp-unreadable-heading = This way does not lead in
idp-unreadable = What brought you here cannot be read, or would lead back to an address that Lakeshore does not know. Please begin again where you came from.
idp-lost-heading = There is nothing here
idp-lost = Lakeshore has no page at this address.

# The incident desk
idp-desk-heading = Incident desk
idp-desk-lead = Here you make the hospital’s sign-in misbehave. Then sign in at Portico as lee@lakeshore.example, and see what people are told, and who can help.
idp-desk-legend = How the sign-in behaves
idp-desk-set = Make it so
idp-desk-here = Who is signed in here, in this browser
idp-desk-signed-in = { $name }, { $email }
idp-desk-nobody = Nobody.
idp-desk-staff = Who works here
idp-desk-password = Everybody’s password is
idp-about-lee = Has an account at Portico, and goes in.
idp-about-ines = Needs a second factor at Portico: a badge shown here is one.
idp-about-noor = Works here, and has no account at Portico.
idp-about-vera = License Owner of Lakeshore at Portico.
idp-about-tomas = The other License Owner of Lakeshore at Portico.

# Its moods, and what people are told then
idp-mood-well = As it should
idp-shows-well = lee goes in, and types the email only once.
idp-mood-says-no = It says no
idp-shows-says-no = Lakeshore turns everybody away after they have signed in.
idp-mood-colleague = It answers with another colleague
idp-shows-colleague = lee types a name at Portico, and Vera comes back.
idp-mood-stranger = It answers with somebody of another organization
idp-shows-stranger = It claims to be sending omar@riverside.example.
idp-mood-clock = Its clock is ten minutes ahead
idp-shows-clock = What it signs is not of now.
idp-mood-unknown-key = It signs with an unknown key
idp-shows-unknown-key = Nobody can tell that its answers are its own.
idp-mood-other-issuer = It answers in another’s name
idp-shows-other-issuer = The answer says that it comes from another identity provider.
idp-mood-down = It is down
idp-shows-down = The entrance opens, and behind it nothing answers Portico’s questions.
idp-mood-hangs = It hangs
idp-shows-hangs = It takes Portico’s questions and never answers; Portico gives up after some seconds.
