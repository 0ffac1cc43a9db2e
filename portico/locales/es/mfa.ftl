mfa-heading = Un paso más
mfa-lead = Abra su aplicación de autenticación. Muestra un código de 6 dígitos para esta cuenta.
mfa-code = Introduzca el código
mfa-verify = Verificar
mfa-hint = El código cambia cada 30 segundos. Si está a punto de cambiar, espere al siguiente.
mfa-missing = Introduzca el código de su aplicación de autenticación.
mfa-wrong = Ese código no ha servido. Espere al siguiente código de su aplicación e introduzca ese.
mfa-locked = Ha habido demasiados códigos incorrectos. Podrá intentarlo de nuevo a partir de: { $until }.
mfa-another = Otra manera

# Setting an authenticator app up
mfa-set-up-heading = Configurar un segundo paso
mfa-set-up-lead = Esta cuenta necesita más que una contraseña: un código de una aplicación en su teléfono. Se configura una sola vez, en unos dos minutos.
mfa-set-up-wish = A partir de entonces, para iniciar sesión hacen falta su contraseña y un código de una aplicación en su teléfono. Se configura una sola vez, en unos dos minutos.
mfa-set-up-instead = Configure la aplicación que usará a partir de ahora. La anterior deja de servir.
mfa-set-up-beside = Configure una aplicación además de sus llaves de acceso. A partir de entonces bastará un código de ella cuando no tenga a mano ninguna llave de acceso.
mfa-set-up-app = Tenga a mano su teléfono con una aplicación de autenticación. Sirve cualquiera, y muchos teléfonos ya traen una.
mfa-set-up-scan = Añada una cuenta en la aplicación y apunte la cámara a esta imagen.
mfa-set-up-picture = Imagen para la cámara de su aplicación de autenticación. Contiene la clave que figura debajo.
mfa-set-up-type = Si no puede usar la cámara, escriba esta clave en su lugar:
mfa-set-up-copy = Copiar
mfa-copied = Copiado
mfa-set-up-names = La aplicación la mostrará como { $issuer }, { $account }.
mfa-set-up-here = La aplicación está en este dispositivo: abrirla
mfa-set-up-confirm = Escriba el código de 6 dígitos que la aplicación muestra ahora.
mfa-set-up-wrong = Ese código no ha servido. Compruebe que la aplicación muestra la cuenta que acaba de añadir y que el reloj de su teléfono está en hora. Después escriba el código que muestra ahora.

# Recovery codes, when they are shown
mfa-codes-heading = Guarde sus códigos de recuperación
mfa-codes-lead = Cada uno le permite entrar una vez cuando ha perdido su teléfono o no lo tiene a mano. Imprímalos o guárdelos en su gestor de contraseñas; no solo en su teléfono.
mfa-codes-of = Códigos de recuperación de { $brand }, { $account }
mfa-codes-copy = Copiar todos
mfa-codes-print = Imprimir
mfa-codes-once = Solo los mostramos ahora. Después de esta página nadie puede leerlos, ni siquiera quienes gestionan este servicio.
mfa-codes-kept = Los he guardado

# Another way than the app
mfa-ways-heading = Otra manera
mfa-ways-app = Sí tengo mi aplicación
mfa-ways-recovery = Usar un código de recuperación
mfa-ways-recovery-text = Uno de los diez códigos que recibió al configurar su aplicación o su llave de acceso.
mfa-ways-recovery-button = Usar un código de recuperación
mfa-ways-email = Recibir un código por correo
mfa-ways-email-text = Su organización lo permite de vez en cuando. Los productos que piden dos pasos seguirán pidiendo su aplicación.
mfa-ways-email-button = Enviarme un código
mfa-lost-heading = He perdido mi teléfono
mfa-lost-code = Use un código de recuperación y marque allí “{ mfa-recovery-lost }”: después configura otra aplicación.
mfa-lost-no-code = Tampoco le queda ningún código de recuperación. Entonces alguien tiene que asegurarse de que es usted.
mfa-lost-how = Sin un código de recuperación, pregunte a la administración del programa o a la persona titular de la licencia de su organización. Se aseguran de que es usted y hacen que se quite el segundo paso. Tarda { $hours } horas, y avisamos a todas sus direcciones para que nadie pueda hacerlo en su nombre.
mfa-lost-ask = Pedir ayuda
mfa-lost-asked = Su administración tiene un correo, y usted otro que dice a quién acudir. No escribimos más de una vez al día.
mfa-lost-waits = Su segundo paso se va a quitar. Vuelva a iniciar sesión después de:

mfa-recovery-heading = Usar un código de recuperación
mfa-recovery-lead = Escriba uno de sus códigos. Cada uno sirve una vez.
mfa-recovery-code = Código de recuperación
mfa-recovery-hint = Doce letras y cifras, como k7mq-p3xv-th29. Las mayúsculas y los guiones dan igual.
mfa-recovery-lost = He perdido mi teléfono: configurar otra aplicación a continuación
mfa-recovery-missing = Escriba uno de sus códigos de recuperación.
mfa-recovery-wrong = Ese código no ha servido. Puede estar mal escrito o haberse usado antes. Pruebe con otro de sus códigos.

mfa-email-heading = Escriba el código de nuestro correo
mfa-email-sent = Hemos enviado un código a:
mfa-email-hint = El correo viene de { $sender }. El código tiene 8 dígitos, sirve durante 10 minutos y solo en esta página.
mfa-email-resend = Reenviar
mfa-email-missing = Escriba el código de nuestro correo.
mfa-email-wrong = Ese código no ha servido. Use el correo más reciente y compruebe si hay un error al escribir.
mfa-email-soon = Hace menos de un minuto que hemos enviado un código. Mire en su buzón e inténtelo de nuevo en un momento.
mfa-email-often = Hemos enviado varios códigos en una hora. Use el más reciente o inténtelo más tarde.

# Offered to whoever has none
mfa-offer-heading = Proteja su cuenta con un segundo paso
mfa-offer-text = Una contraseña se puede adivinar o contar. Con un código de una aplicación en su teléfono nadie entra solo con su contraseña. Lleva dos minutos.
mfa-offer-button = Configurar un segundo paso
mfa-offer-later = Ahora no

# My account
mfa-own-heading = Su segundo paso
mfa-own-lead = Con un segundo paso nadie entra solo con su contraseña.
mfa-own-lead-required = Su cuenta necesita un segundo paso: nadie entra solo con su contraseña.
mfa-own-shared = Varias personas usan esta cuenta, de modo que ninguna de ellas puede configurar un segundo paso para todas.
mfa-own-app = Aplicación de autenticación
mfa-own-app-since = Configurada el
mfa-own-app-none = No hay ninguna configurada.
mfa-own-app-beside = No hay ninguna configurada. Además de sus llaves de acceso puede tener una: entonces también bastará un código de ella.
mfa-own-set-up = Configurar una aplicación
mfa-own-replace = Configurar otra aplicación
mfa-own-replace-hint = Para un teléfono nuevo. La aplicación anterior funciona hasta que la nueva haya mostrado su primer código.
mfa-own-remove-open = Quitar la aplicación
mfa-own-remove-means = A partir de entonces su contraseña basta para entrar, también a cualquier otra persona que la conozca. Sus códigos de recuperación dejan de servir. Se cierra su sesión en todos los demás lugares.
mfa-own-remove-beside = A partir de entonces su segundo paso son solo sus llaves de acceso y sus códigos de recuperación. Se cierra su sesión en todos los demás lugares.
mfa-own-remove = Quitar
mfa-own-removed = Se ha quitado la aplicación. Se ha cerrado su sesión en todos los demás lugares.
mfa-own-last = Su cuenta necesita un segundo paso, y este es el único, de modo que no se puede quitar. Configure antes otro.
mfa-own-codes = Códigos de recuperación
mfa-own-codes-left = Códigos que quedan: { $left }
mfa-own-codes-unkept = Todavía no ha dicho que los ha guardado.
mfa-own-codes-show = Mostrarlos
mfa-own-codes-make = Crear códigos nuevos
mfa-own-codes-hint = Los anteriores dejan de servir, y se cierra su sesión en todos los demás lugares.
mfa-own-renewed = Estos son sus códigos a partir de ahora. Los anteriores ya no sirven.
mfa-own-kept = Sus códigos de recuperación están guardados.
mfa-own-passkeys = Llaves de acceso que tiene: { $count }

# For those who look after an organization’s people
mfa-people-heading = Segundos pasos perdidos
mfa-people-asked = Quién pide ayuda
mfa-people-asked-none = Nadie la ha pedido en la última semana.
mfa-people-asked-at = Pedida:
mfa-people-choose = Ayudar a { $name }
mfa-people-waiting = Segundos pasos que se van a quitar
mfa-people-due = Se quita:
mfa-people-by = Iniciado por { $name }
mfa-people-by-us = Iniciado por quienes gestionan este servicio
mfa-people-stop = Detenerlo para { $name }
mfa-people-reset = Hacer que se quite un segundo paso
mfa-people-sure = Asegúrese primero de quién es, por una vía que ya conozca: vea a la persona o llame a un número que ya tenía. Un correo no prueba nada, y tampoco lo que otros puedan saber.
mfa-people-means = El segundo paso se quita al cabo de { $hours } horas, y nadie puede acortarlas. Se avisa enseguida a todas las direcciones de la persona. Ella puede detenerlo, y usted también. La contraseña queda como está.
mfa-people-how = ¿Cómo se aseguró?
mfa-people-how-hint = Se conserva. Por ejemplo: visto en el mostrador, tarjeta 4711.
mfa-people-begin = Hacer que se quite
mfa-people-not = Puede hacerlo para las personas que están a su cargo, y no para usted. Para otras personas de la administración puede hacerlo quien es titular de la licencia, o quienes gestionan este servicio.
mfa-people-begun = Ha comenzado. Se avisa ahora a la persona, en todas sus direcciones.
mfa-people-stopped = Se ha detenido. Se avisa a la persona.
mfa-people-nobody = Con este nombre no hay nadie cuyo segundo paso pueda hacer quitar.
mfa-people-no-factor = Esta cuenta no tiene segundo paso.
mfa-people-disabled = Esta cuenta está desactivada.
mfa-people-unproved = La dirección de esta cuenta se cambió y aún no está confirmada, de modo que no se podría avisar a quien le pertenece. Pídalo a quienes gestionan este servicio: pueden iniciarlo tras asegurarse también de la dirección.
mfa-people-waits = Ya se va a quitar.
mfa-people-reason = Diga cómo se aseguró de quién es, en 3 a 300 caracteres.
mfa-people-over = Ya había terminado: detenido, o hecho.
