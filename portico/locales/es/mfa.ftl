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
mfa-ways-recovery-text = Uno de los diez códigos que recibió al configurar su aplicación.
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
