# The sample identity provider of the demo. It speaks for Lakeshore Hospital, not for Portico.
idp-house = Lakeshore Hospital
idp-motto = A la orilla del agua, para todo el mundo
idp-sample = Un proveedor de identidad de muestra, parte de la demostración. Aquí nadie es real.
idp-incident = El inicio de sesión del hospital está funcionando mal a propósito; se controla en la
idp-error = Error:

# The entrance
idp-entrance = Entrada del personal
idp-entrance-lead = Va de camino a Portico. Lakeshore le dice quién es usted, y nunca su contraseña.
idp-email = Correo electrónico
idp-password = Contraseña
idp-badge = He mostrado mi tarjeta
idp-badge-hint = Un segundo factor. Un hospital de verdad preguntaría a su lector de tarjetas, no a usted.
idp-badge-wanted = Esta vez Portico pide un segundo factor.
idp-enter = Iniciar sesión en Lakeshore
idp-cancel = Volver sin iniciar sesión
idp-wrong = Lakeshore no conoce a nadie con este correo y esta contraseña. Escriba ambos de nuevo; en la demostración, la contraseña de todo el mundo es correct-horse-battery.
idp-choose-heading = ¿Es usted?
idp-choose = { $name } ({ $email }) tiene la sesión abierta en Lakeshore en este navegador.
idp-go-on = Continuar como { $name }
idp-another = Soy otra persona

# The way out
idp-leaving-heading = ¿Salir de Lakeshore?
idp-leaving = { $name } tiene la sesión abierta en el hospital en este navegador.
idp-leave = Cerrar sesión en Lakeshore
idp-stay = Quedarse
idp-left-heading = Ha salido de Lakeshore
idp-left = Su sesión en el hospital está cerrada. Se ha avisado a Portico, que termina allí lo que empezó aquí.
idp-to-portico = Ir a Portico

# Ways that do not lead in
idp-unreadable-heading = Por aquí no se entra
idp-unreadable = Lo que le ha traído aquí no se puede leer, o llevaría de vuelta a una dirección que Lakeshore no conoce. Empiece de nuevo en el lugar del que vino.
idp-lost-heading = Aquí no hay nada
idp-lost = Lakeshore no tiene ninguna página en esta dirección.

# The incident desk
idp-desk-heading = Mesa de incidencias
idp-desk-lead = Aquí hace usted que el inicio de sesión del hospital funcione mal. Después inicie sesión en Portico como lee@lakeshore.example y vea qué se dice a las personas y quién puede ayudar.
idp-desk-legend = Cómo se comporta el inicio de sesión
idp-desk-set = Aplicar
idp-desk-here = Quién tiene la sesión abierta aquí, en este navegador
idp-desk-signed-in = { $name }, { $email }
idp-desk-nobody = Nadie.
idp-desk-staff = Quién trabaja aquí
idp-desk-password = La contraseña de todo el mundo es
idp-about-lee = Tiene una cuenta en Portico y entra.
idp-about-ines = Necesita un segundo factor en Portico: una tarjeta mostrada aquí lo es.
idp-about-noor = Trabaja aquí y no tiene cuenta en Portico.
idp-about-vera = Titular de la licencia de Lakeshore en Portico.
idp-about-tomas = La otra persona titular de la licencia de Lakeshore en Portico.

# Its moods, and what people are told then
idp-mood-well = Como debe
idp-shows-well = lee entra, y escribe el correo una sola vez.
idp-mood-says-no = Dice que no
idp-shows-says-no = Lakeshore rechaza a todo el mundo tras iniciar sesión.
idp-mood-colleague = Responde con otro miembro del personal
idp-shows-colleague = lee escribe un nombre en Portico, y vuelve Vera.
idp-mood-stranger = Responde con alguien de otra organización
idp-shows-stranger = Afirma que envía a omar@riverside.example.
idp-mood-clock = Su reloj va diez minutos adelantado
idp-shows-clock = Lo que firma no es de ahora.
idp-mood-unknown-key = Firma con una clave desconocida
idp-shows-unknown-key = Nadie puede saber si sus respuestas son suyas.
idp-mood-other-issuer = Responde en nombre de otro
idp-shows-other-issuer = La respuesta dice que viene de otro proveedor de identidad.
idp-mood-down = Está caído
idp-shows-down = La entrada se abre, y detrás nada responde a las preguntas de Portico.
idp-mood-hangs = Se queda colgado
idp-shows-hangs = Recibe las preguntas de Portico y nunca responde; Portico se rinde a los pocos segundos.
