registration-continue = Continuar

registration-name-heading = ¿Cómo se llama?
registration-name-lead = Así le conocerán la administración del programa y sus colegas.
registration-first-name = Nombre
registration-last-name = Apellidos
registration-name-first-missing = Escriba su nombre.
registration-name-last-missing = Escriba sus apellidos.
registration-name-first-odd = Ese nombre no se puede usar. Use letras, espacios, guiones y apóstrofos, 80 como máximo.
registration-name-last-odd = Esos apellidos no se pueden usar. Use letras, espacios, guiones y apóstrofos, 80 como máximo.

registration-email-heading = Verifique su dirección de correo
registration-email-lead = Para comprobar que nuestro correo le llega, le enviamos un código a
registration-email-send = Enviar código de verificación
registration-email-sent = Hemos enviado un código de 8 dígitos a
registration-email-code = Código de verificación
registration-email-hint = Viene de { $sender } y sirve durante 10 minutos. Si no lo encuentra, mire en sus carpetas de correo no deseado o spam.
registration-email-resend = Reenviar ahora
registration-code-missing = Escriba el código del correo.
registration-code-wrong = Ese no es el último código que enviamos. Revíselo y escriba el del correo más reciente.
registration-code-over = Ese código ya no sirve. Pida que le enviemos uno nuevo.
registration-code-burnt = Ha habido demasiados códigos incorrectos, así que este ya no sirve. Pida que le enviemos uno nuevo.
registration-code-soon = Se envió un código hace menos de un minuto. Búsquelo primero y después inténtelo de nuevo.
registration-code-often = Hemos enviado 5 códigos en una hora. Busque el más reciente o espere una hora y pida otro.

registration-terms-heading = Condiciones de uso
registration-terms-lead = Léalas y acéptelas una vez. Se las mostraremos de nuevo cuando cambien.
registration-terms-text = Texto de las condiciones de uso
registration-terms-version = Versión { $version }
registration-terms-accept = Aceptar

registration-questions-heading = Establezca sus preguntas de seguridad
registration-questions-lead = Le ayudan a obtener una contraseña nueva si olvida la suya. Elija tres y dé respuestas que solo usted conozca y que no vaya a olvidar.
registration-questions-question = Pregunta { $number }
registration-questions-answer = Respuesta { $number }
registration-questions-submit = Enviar
registration-questions-later = Se las pediremos de nuevo la próxima vez que inicie sesión.
