sign-in-heading = Iniciar sesión
sign-in-identifier = Correo electrónico o nombre de usuario
sign-in-remember = Recordarme
sign-in-next = Siguiente
sign-in-again = Lo que va a hacer puede abrir su cuenta a otra persona. Muestre una vez más que es usted. Después continuará aquí mismo.
sign-in-identifier-missing = Escriba su correo electrónico o su nombre de usuario.
sign-in-identifier-odd = Eso no puede ser un correo electrónico ni un nombre de usuario. Compruebe si hay algún error al escribirlo.
sign-in-cookies-off = Su navegador no guarda las cookies de esta página, y sin ellas nadie puede iniciar sesión. Permítalas e inténtelo de nuevo.

sign-in-password-heading = Introduzca su contraseña
sign-in-password = Contraseña
sign-in-submit = Iniciar sesión
sign-in-forgot = ¿Olvidó su contraseña?
sign-in-password-missing = Escriba su contraseña.
sign-in-password-replaced = Esa contraseña temporal ya se ha sustituido por otra. Escriba la de nuestro último correo.
sign-in-wrong = Correo electrónico o contraseña no válidos.
sign-in-locked = El nombre de usuario o la contraseña no son correctos. Su cuenta se ha bloqueado temporalmente debido a repetidos intentos fallidos de inicio de sesión. Use el enlace “{ sign-in-forgot }” para restablecer su contraseña y desbloquear su cuenta.
sign-in-locked-until = Bloqueada hasta:

sign-in-refused-heading = No puede iniciar sesión con esta cuenta
sign-in-refused-disabled = Esta cuenta se ha desactivado, así que ya no abre nada aquí. Una contraseña nueva no lo cambiaría.
sign-in-refused-factor = Esta cuenta tiene que iniciar sesión con un segundo paso. La comparten varias personas, así que nadie puede configurar uno para todas: alguien tiene que cambiar eso antes de que usted pueda continuar.
sign-in-refused-who = Quién puede ayudar
sign-in-refused-ask = Póngase en contacto con la administración del programa o con la persona titular de la licencia de su organización.
sign-in-other-account = Usar otra cuenta
