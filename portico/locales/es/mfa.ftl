mfa-heading = Un paso más
mfa-lead = Abra su aplicación de autenticación. Muestra un código de 6 dígitos para esta cuenta.
mfa-code = Introduzca el código
mfa-verify = Verificar
mfa-hint = El código cambia cada 30 segundos. Si está a punto de cambiar, espere al siguiente.
mfa-missing = Introduzca el código de su aplicación de autenticación.
mfa-wrong = Ese código no ha servido. Espere al siguiente código de su aplicación e introduzca ese.
mfa-locked = Ha habido demasiados códigos incorrectos. Podrá intentarlo de nuevo a partir de: { $until }.
