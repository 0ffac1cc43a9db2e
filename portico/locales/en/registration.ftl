registration-continue = Continue

registration-name-heading = What is your name?
registration-name-lead = This is how your administrators and colleagues will know you.
registration-first-name = First name
registration-last-name = Last name
registration-name-first-missing = Please type your first name.
registration-name-last-missing = Please type your last name.
registration-name-first-odd = That first name cannot be used. Please use letters, spaces, hyphens and apostrophes, at most 80.
registration-name-last-odd = That last name cannot be used. Please use letters, spaces, hyphens and apostrophes, at most 80.

registration-email-heading = Verify Your Email Address
registration-email-lead = We mail you a code, to be sure that our mail reaches you at
registration-email-send = Send Verification Code
registration-email-sent = We have sent an 8-digit code to
registration-email-code = Verification code
registration-email-hint = It comes from { $sender } and works for 10 minutes. If it is not there, look in your spam and junk folders.
registration-email-resend = Resend Now
registration-code-missing = Please type the code from the mail.
registration-code-wrong = That is not the code we sent last. Please check it, and type the one from the newest mail.
registration-code-over = That code does not work any more. Please have a new one sent.
registration-code-burnt = There were too many wrong codes, so that this one does not work any more. Please have a new one sent.
registration-code-soon = A code was sent less than a minute ago. Please look for it first, then try again.
registration-code-often = We have sent 5 codes within an hour. Please look for the newest of them, or wait an hour and have another one sent.

registration-terms-heading = Terms
registration-terms-lead = Please read and accept them once. You will be asked again when they change.
registration-terms-text = Text of the terms
registration-terms-version = Version { $version }
registration-terms-accept = Accept

registration-questions-heading = Set up security questions
registration-questions-lead = They help you to a new password if you forget yours. Choose three, and give answers that only you know and will not forget.
registration-questions-question = Question { $number }
registration-questions-answer = Answer { $number }
registration-questions-submit = Submit
registration-questions-later = You will be asked again the next time you sign in.
