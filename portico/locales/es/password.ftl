# What is wrong with a new password, and what helps.
password-overtaken = Su contraseña no se ha guardado: entretanto, en otra ventana se han dado respuestas nuevas a sus preguntas de seguridad, y ninguna de ellas puede ser la contraseña. Escríbala de nuevo.
password-weak-missing = Escriba una contraseña nueva.
password-weak-short = Esa contraseña es demasiado corta. Use al menos { $min } caracteres; bastan tres o cuatro palabras que solo usted juntaría.
password-weak-long = Esa contraseña es demasiado larga. Use como máximo { $max } caracteres.
password-weak-common = Mucha gente usa esa contraseña, o ha sido robada alguna vez, por lo que es de las primeras que se prueban. Añadir un número no ayuda. Junte unas cuantas palabras suyas.
password-weak-named = Esa contraseña es un nombre: el suyo, el de su organización o el de este servicio. Otras personas la probarían primero. Elija algo que no tenga nada que ver con ellos.
password-weak-pattern = Esa contraseña repite un mismo patrón, así que es fácil de adivinar. Elija otra, por ejemplo unas cuantas palabras suyas.
password-weak-keyboard = Esa contraseña sigue las teclas del teclado o el alfabeto, así que es fácil de adivinar. Elija otra, por ejemplo unas cuantas palabras suyas.
password-weak-date = Esa contraseña es una fecha, y no hay tantas. Elija otra, por ejemplo unas cuantas palabras suyas.
password-weak-mismatch = Las dos contraseñas no son iguales. Escriba las dos de nuevo.
password-weak-temporary = Esa es la contraseña temporal, y estaba en un correo. Elija una propia, por ejemplo unas cuantas palabras que solo usted juntaría.
password-weak-answer = Esa contraseña es la respuesta a una de sus preguntas de seguridad. Elija otra, para que quien conozca una cosa no conozca la otra.
