# Words that more than one page uses.
web-skip = Ir al contenido principal
web-nav = Usted
web-account = Mi cuenta
web-help = Ayuda
web-need-help = ¿Necesita ayuda para iniciar sesión?
web-support = ¿Prefiere hablar con una persona?
web-colon = :
web-error-prefix = Error:
web-show = Mostrar
web-hide = Ocultar
web-caps = El bloqueo de mayúsculas está activado.
web-not-you = ¿No es usted?
web-back-to-sign-in = Volver al inicio de sesión
web-language-name = Español

# Between a form and a product; seen only where a browser does not go on by itself.
web-onward-heading = Un momento
web-onward-text = Ya va de camino. Si no ocurre nada, pulse “{ web-onward-continue }”.
web-onward-continue = Continuar

# Error pages: what happened, why, what you can do.
web-error-reference = Referencia
web-error-reference-hint = Si pide ayuda, léala en voz alta. Nos dice exactamente qué ha ocurrido.
web-error-not-found = Esta página no está aquí
web-error-not-found-text = Puede que la dirección esté mal escrita o que la página se haya trasladado.
web-error-form = No hemos podido leer ese formulario
web-error-form-text = Faltaba algo o algo era demasiado largo. Vuelva atrás e inténtelo una vez más.
web-error-cross-site = Esta solicitud venía de otra página
web-error-cross-site-text = Para proteger su cuenta, solo aceptamos formularios de nuestras propias páginas. Empiece de nuevo desde aquí.
web-error-too-many = Eso ha sido demasiado rápido
web-error-too-many-text = Ha habido muchos intentos desde su red en poco tiempo. Inténtelo de nuevo dentro de { $minutes } min.
web-error-slowed = Espere un momento
web-error-slowed-text = El inicio de sesión ha fallado con muchos nombres distintos desde su red, así que durante { $minutes } min no aceptamos contraseñas desde allí. Lo que funciona de todos modos: un navegador en el que ya haya iniciado sesión, una llave de acceso y “{ sign-in-forgot }”, que hace de este navegador uno de los suyos.
web-error-internal = Algo ha fallado por nuestra parte
web-error-internal-text = No es culpa suya, y nada de lo que ha escrito corre peligro. Inténtelo de nuevo dentro de un momento.
web-error-busy = Ahora mismo tenemos mucho tráfico
web-error-busy-text = Inténtelo de nuevo dentro de unos segundos.
web-error-way-home = Ir a sus productos
web-error-way-again = Intentarlo de nuevo

# A time in a sentence or a mail. $month is jan, feb …; $day 01 to 31; $hour has its zone behind it.
web-moment = { $day } { $month ->
    [jan] ene
    [feb] feb
    [mar] mar
    [apr] abr
    [may] may
    [jun] jun
    [jul] jul
    [aug] ago
    [sep] sept
    [oct] oct
    [nov] nov
   *[dec] dic
    } { $year }, { $hour }
