session-sign-out = Cerrar sesión
session-out-heading = Su sesión está cerrada
session-out-text = En un equipo compartido, cierre también esta ventana.
session-again = Iniciar sesión de nuevo

# Devices and sessions of one's own
session-own-heading = Dispositivos y sesiones
session-own-lead = En estos navegadores tiene una sesión abierta. Cierre las que no conozca o ya no use.
session-own-began = Sesión abierta:
session-own-used = Último uso:
session-own-ended = Cerrada:
session-own-end = Cerrar la sesión
session-own-end-others = Cerrar todas las demás sesiones
session-own-alone = No tiene ninguna otra sesión abierta.
session-own-proof = Para confirmar que es usted, le pedimos que inicie sesión una vez más antes de cerrar u olvidar nada.
session-own-ended-heading = Cerradas por otra sesión
session-own-ended-text = Estas se cerraron cuando inició sesión en un lugar más de los que su organización permite.
session-own-known-heading = Navegadores conocidos
session-own-known-text = Ya ha iniciado sesión en ellos, y los intentos fallidos con su contraseña en otros lugares no los bloquean. Olvide los que no sean suyos o ya no use.
session-own-unnamed = Un navegador
session-own-forget = Olvidar
session-own-life-heading = Cuánto dura una sesión
session-own-life = Termina cuando no la ha usado durante { $idle } y, como máximo, { $longest } después de iniciarla.
session-own-at-once = { $count ->
        [one] Su organización permite una sola sesión a la vez: iniciar sesión en otro lugar la cierra.
       *[other] Su organización permite { $count } sesiones a la vez: una más cierra la que lleva más tiempo sin usar.
    }
session-own-minutes = { $count ->
        [one] un minuto
       *[other] { $count } minutos
    }
session-own-hours = { $count ->
        [one] una hora
       *[other] { $count } horas
    }
session-own-days = { $count ->
        [one] un día
       *[other] { $count } días
    }
session-own-done-session = Esa sesión se ha cerrado, y se avisa a los productos abiertos en ella.
session-own-done-others = Todas las demás sesiones se han cerrado, y se avisa a los productos abiertos en ellas.
session-own-done-browser = Ese navegador se ha olvidado. Si alguien inicia sesión en él con su cuenta, se lo diremos por correo.
