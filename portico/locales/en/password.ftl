# What is wrong with a new password, and what helps.
password-weak-missing = Please type a new password.
password-weak-short = That password is too short. Please use at least { $min } characters; three or four words that only you would put together are long enough.
password-weak-long = That password is too long. Please use at most { $max } characters.
password-weak-common = Many people use that password, or it has been stolen before, so it is tried first. Adding a number does not help. Please put together a few words of your own.
password-weak-named = That password is a name: yours, or that of your organization or of this service. Other people would try it first. Please choose something that has nothing to do with them.
password-weak-pattern = That password repeats one pattern, so it is easy to guess. Please choose another one, for example a few words of your own.
password-weak-keyboard = That password follows the keys of the keyboard or the alphabet, so it is easy to guess. Please choose another one, for example a few words of your own.
password-weak-date = That password is a date, and there are not many of those. Please choose another one, for example a few words of your own.
password-weak-mismatch = The two passwords are not the same. Please type both again.
password-weak-temporary = That is the temporary password, and it was in a mail. Please choose one of your own, for example a few words that only you would put together.
password-weak-answer = That password is the answer to one of your security questions. Please choose another one, so that whoever knows the one does not know the other.
