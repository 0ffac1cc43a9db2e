account-back = Volver a mi cuenta
account-change = Cambiar
account-add = Añadir
account-see = Ver por qué
account-save = Guardar
account-others-end = Después se cierra su sesión en todos los demás lugares; en este navegador sigue abierta.
account-stale = Algo ha cambiado desde que se abrió esta página, y por eso no se ha guardado nada. Mire cómo está ahora y hágalo una vez más.
account-wrong = ¿Hay algo que no es correcto y que no puede cambiar aquí? La administración del programa sí puede.

# Sections of my account, and their lines
account-who = Quién soy
account-how = Cómo inicio sesión
account-sessions = Dónde tengo la sesión abierta
account-name = Nombre
account-email = Correo electrónico
account-second = Segundo buzón
account-user-name = Nombre de usuario
account-user-name-none = Ninguno
account-organization = Organización
account-language = Idioma
account-password = Contraseña
account-password-set = Definida el
account-password-none = Ninguna
account-password-there = La guarda { $organization }
account-questions = Preguntas de seguridad
account-questions-are-set = Definidas
account-questions-none = No hay ninguna definida.
account-passkeys = Llaves de acceso
account-passkeys-change = Añadir o quitar
account-factor = Segundo paso
account-factor-app = Una aplicación de autenticación. Códigos de recuperación que quedan: { $left }
account-factor-none = Ninguno
account-factor-passkey = Una llave de acceso. Códigos de recuperación que quedan: { $left }
account-this = Este navegador
account-from = desde la dirección { $address }
account-since = activa desde:

# What was done
account-done-name = Su nombre ha cambiado.
account-done-email = Su dirección de correo ha cambiado. Su sesión está cerrada en todos los demás lugares.
account-done-email-kept = Su dirección de correo sigue como estaba.
account-done-user-name = Su nombre de usuario se ha guardado. Su sesión está cerrada en todos los demás lugares.
account-done-user-name-gone = Su nombre de usuario se ha quitado. Su sesión está cerrada en todos los demás lugares.
account-done-password = Su contraseña ha cambiado. Su sesión está cerrada en todos los demás lugares.
account-done-questions = Sus preguntas de seguridad se han guardado. Su sesión está cerrada en todos los demás lugares.
account-done-questions-gone = Sus preguntas de seguridad se han quitado. Su sesión está cerrada en todos los demás lugares.

# Name
account-name-heading = Cambie su nombre
account-name-lead = Así le conocen la administración del programa y sus colegas, en todos los productos.
account-name-kept-several = Varias personas usan esta cuenta, y su nombre no es el de una sola. La administración del programa puede cambiarlo.

# Email
account-email-heading = Cambie su dirección de correo
account-email-now = La dirección de su cuenta es
account-email-new = Dirección de correo nueva
account-email-hint = Enviamos allí un código. Nada cambia hasta que lo haya escrito aquí, y avisamos a su dirección actual.
account-email-waits = Hasta que lo haya escrito, nada cambia.
account-email-keep = Conservar la dirección actual
account-email-elsewhere-asked = Este cambio se pidió en otro navegador, y su código solo sirve allí. Si no fue usted, conserve la dirección actual y cambie su contraseña.
account-email-missing = Escriba la dirección de correo nueva.
account-email-odd = Eso no parece una dirección de correo electrónico. Debería ser como nombre@correo.example.
account-email-same = Esa ya es su dirección. Escriba otra.
account-email-second = Ese es su segundo buzón. No serviría de nada que los dos fueran el mismo: quítelo allí primero o escriba otra dirección.
account-email-domain = Esa dirección es de otra organización, y no puede ser la de una cuenta de la suya. Escriba otra.
account-email-elsewhere = Con esa dirección iniciaría sesión en la página de su organización. Pida a la administración del programa que la cambie.
account-email-taken = Esa dirección no se puede usar para esta cuenta. Escriba otra o pregunte a la administración del programa.
account-email-kept-several = Varias personas usan esta cuenta, y su dirección no es la de una sola. La administración del programa puede cambiarla.
account-email-kept-organization = Usted inicia sesión en la página de { $organization }, que dice cuál es su dirección. Quien se ocupa allí del inicio de sesión puede cambiarla.

# Username
account-user-name-heading = Su nombre de usuario
account-user-name-lead = Con él puede iniciar sesión en lugar de con su dirección de correo. Nadie más puede tener el mismo.
account-user-name-rule = Letras, cifras, guiones y guiones bajos.
account-user-name-remove = Quitarlo
account-user-name-remove-hint = Después inicia sesión con
account-user-name-missing = Escriba el nombre de usuario que quiere.
account-user-name-odd = Ese nombre de usuario no se puede usar. Use letras, cifras, guiones y guiones bajos.
account-user-name-short = Ese nombre de usuario es demasiado corto. Use al menos { $min } caracteres.
account-user-name-long = Ese nombre de usuario es demasiado largo. Use como máximo { $max } caracteres.
account-user-name-taken = Alguien tiene ese nombre de usuario. Elija otro.
account-user-name-same = Ese ya es su nombre de usuario. Escriba otro.
account-user-name-needed = Varias cuentas comparten su buzón, y el nombre de usuario las distingue. Puede cambiarlo, pero no prescindir de él.
account-user-name-often = Hoy ha probado { $tries } nombres de usuario. Vuelva mañana o pregunte a la administración del programa.
account-user-name-kept-several = Varias personas usan esta cuenta, y su nombre de usuario no es el de una sola. La administración del programa puede cambiarlo.
account-user-name-kept-organization = Usted inicia sesión en la página de { $organization }, donde un nombre de usuario de aquí no sirve.

# Password
account-password-heading = Cambie su contraseña
account-password-current = Contraseña actual
account-password-current-missing = Escriba también su contraseña actual.
account-password-current-wrong = Esa no es su contraseña actual. Escríbala de nuevo. Si no la sabe, cierre la sesión y use “{ sign-in-forgot }” al iniciar sesión otra vez.
account-password-current-locked = Esa no es su contraseña actual, y hubo varias erróneas, así que durante un rato no aceptamos más. Cierre la sesión y use “{ sign-in-forgot }” para elegir una nueva enseguida.
account-password-current-same = Esa es la contraseña que tiene. Elija otra.
account-password-locked-until = Aquí no aceptamos contraseñas para esta cuenta hasta:
account-password-kept-several = Varias personas usan esta cuenta y su contraseña, así que ninguna puede cambiarla por las demás. La administración del programa sí puede.
account-password-kept-organization = Usted inicia sesión en la página de { $organization }, con la contraseña que tiene allí. Allí es donde se cambia.

# Security questions
account-questions-set = Estas están definidas. Las respuestas no se muestran a nadie, tampoco a usted.
account-questions-remove = Quitarlas
account-questions-remove-hint = Sin ellas quizá necesite a la administración del programa si olvida su contraseña.
account-questions-choose = Elija tres
account-questions-replace = Elija otras en su lugar
account-questions-no-use = Su cuenta no necesita preguntas de seguridad: si olvida su contraseña, hay otras maneras de volver a ella.
