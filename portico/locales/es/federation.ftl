# On the way to an organization's own sign-in and back. { $name } is what its people call that.
federation-not-you = No es culpa suya: esta página de inicio de sesión está fallando ahora mismo a varias personas.

federation-failed-again = Intentarlo de nuevo
federation-failed-choose = Elegir allí otra cuenta
federation-failed-go-on = Continuar como { $name }
federation-failed-ask = Consulte al centro de asistencia o al departamento de informática de su organización.

federation-failed-no-account-here-heading = Todavía no tiene una cuenta aquí
federation-failed-no-account-here-text = { $name } nos ha dicho quién es usted, pero ninguna de las cuentas de aquí es suya.
federation-failed-no-account-here-advice = Primero alguien tiene que darle acceso. Si allí tiene otra cuenta, elija esa.

federation-failed-not-who-was-typed-heading = Es otra persona
federation-failed-not-who-was-typed-text = { $name } dice que allí ha iniciado sesión una persona distinta de aquella cuyo nombre se ha escrito aquí.
federation-failed-not-who-was-typed-advice = Si este equipo es compartido, puede que siga abierta la sesión de otra persona. Elija allí su propia cuenta o continúe como la persona que tiene la sesión abierta.

federation-failed-says-no-heading = { $name } no le ha dejado entrar
federation-failed-says-no-text = Ha vuelto sin una respuesta que le permita entrar. Puede que haya cancelado allí o que no tenga permiso para usar este servicio.
federation-failed-says-no-advice = Inténtelo de nuevo. Si vuelve a ocurrir, el centro de asistencia de su organización puede ver por qué.

federation-failed-clock-off-heading = Dos relojes no coinciden
federation-failed-clock-off-text = El reloj de { $name } y el nuestro difieren en más de un minuto, así que su respuesta parece demasiado antigua o demasiado nueva para ser segura.
federation-failed-clock-off-advice = Usted no puede hacer nada al respecto. Avise al centro de asistencia de su organización e inténtelo más tarde.

federation-failed-signature-unknown-heading = No hemos podido comprobar la respuesta
federation-failed-signature-unknown-text = La respuesta de { $name } está firmada con una clave que no conocemos.
federation-failed-signature-unknown-advice = Esto ocurre cuando acaba de cambiar sus claves. Inténtelo de nuevo dentro de unos minutos; si sigue igual, avise al centro de asistencia de su organización.

federation-failed-not-answering-heading = { $name } no responde
federation-failed-not-answering-text = Hemos preguntado quién es usted y no hemos recibido a tiempo una respuesta que podamos usar.
federation-failed-not-answering-advice = Su cuenta está bien. Espere un minuto e inténtelo de nuevo.

federation-failed-wrong-answer-heading = La respuesta no encajaba
federation-failed-wrong-answer-text = Lo que ha llegado de { $name } no era la respuesta a este inicio de sesión, así que no lo hemos usado.
federation-failed-wrong-answer-advice = Inténtelo de nuevo desde aquí, sin el botón Atrás de su navegador. Si vuelve a ocurrir, avise al centro de asistencia de su organización.

federation-failed-expired-heading = Esta página ha caducado
federation-failed-expired-text = La respuesta pertenece a un inicio de sesión que ya ha terminado o que se empezó en otro navegador.
federation-failed-expired-advice = No se ha perdido nada. Empiece de nuevo.

federation-failed-foreign-email-heading = Esa dirección de correo no se puede usar aquí
federation-failed-foreign-email-text = { $name } nos ha indicado una dirección de correo que no pertenece a su organización o que aquí es de otra persona.
federation-failed-foreign-email-advice = Si allí tiene otra cuenta, elija esa. Si no, el centro de asistencia de su organización tiene que corregir la dirección.

federation-failed-already-linked-heading = Su cuenta de aquí está vinculada a otro inicio de sesión
federation-failed-already-linked-text = La cuenta con su dirección de correo ya está vinculada a otra persona de { $name }, o a una cuenta anterior que usted tenía allí.
federation-failed-already-linked-advice = Alguien tiene que comprobar cuál de las dos es la suya y vincular la cuenta de nuevo.

federation-failed-not-set-up-heading = Esta página de inicio de sesión no está bien configurada
federation-failed-not-set-up-text = { $name } y nosotros no nos entendemos: algo de la configuración, allí o aquí, no encaja.
federation-failed-not-set-up-advice = Usted no puede hacer nada al respecto. Avise al centro de asistencia de su organización.

federation-with-lead = Este enlace lleva a { $name }, la página de inicio de sesión de { $organization }. Escriba su correo electrónico o su nombre de usuario y le llevaremos allí.

# The page for an organization's IT, which registers us at its identity provider
federation-setup-heading = Conectar { $organization } con { $brand }
federation-setup-lead = Su personal va a iniciar sesión en { $brand } donde ya la inicia hoy. Estos son los valores que pide su proveedor de identidad. Nada de lo que hay en esta página es secreto.
federation-setup-step-register = Registre en su proveedor de identidad una aplicación web con OpenID Connect (código de autorización), con los valores que figuran abajo.
federation-setup-step-assign = Permita el acceso a las personas que vayan a usarla.
federation-setup-step-send = Comunique a quien configura esto con usted el emisor, el ID de cliente y, no por correo, el secreto del cliente y el día en que vence.
federation-setup-values = Qué hay que introducir
federation-setup-copy = Copiar
federation-setup-copied = Copiado
federation-setup-redirect = URI de redirección
federation-setup-redirect-hint = También se llama URL de respuesta, URL de devolución de llamada o URI de redirección de inicio de sesión.
federation-setup-signed-out = URI de redirección tras cerrar sesión
federation-setup-signed-out-hint = También se llama URI de redirección de cierre de sesión o post-logout redirect URI.
federation-setup-logout = URI de cierre de sesión por canal posterior (back-channel)
federation-setup-logout-hint = Donde su proveedor de identidad nos avisa de que alguien ha cerrado sesión. Déjelo vacío si no tiene ese campo.
federation-setup-jwks = URI de JWKS
federation-setup-jwks-hint = La clave pública por la que su proveedor de identidad nos reconoce.
federation-setup-auth = Autenticación del cliente
federation-setup-auth-hint = También se llama método de autenticación del punto de conexión de token.
federation-setup-scopes = Ámbitos (scopes)
federation-setup-scopes-hint = Lo que pedimos.
federation-setup-claims = Qué leemos
federation-setup-claims-lead = Su proveedor de identidad nos comunica estos datos (claims) de cada persona. Donde se nombran varios, cuenta el primero que exista.
federation-setup-claim-email = Correo electrónico
federation-setup-claim-first-name = Nombre
federation-setup-claim-last-name = Apellidos
federation-setup-claim-user-name = Nombre de usuario
federation-setup-claim-roles = Roles
