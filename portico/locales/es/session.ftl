session-sign-out = Cerrar sesión
session-out-heading = Su sesión está cerrada
session-out-text = En un equipo compartido, cierre también esta ventana.
session-again = Iniciar sesión de nuevo
