help-heading = ¿Necesita ayuda para iniciar sesión?
help-lead = Elija lo que más se parezca. Lo que escribió se conserva.
help-me = Ayúdenme a iniciar sesión
help-me-lead = Miramos qué le impide entrar y le enviamos la respuesta por correo, con un botón que ayuda. Para que nadie pueda espiarle, llega solo a la dirección registrada.
help-me-mail = Qué le impide iniciar sesión y un botón que ayuda.
help-else = Otra cosa
help-else-text = Díganos qué ve en la página. Nunca pedimos su contraseña.
help-organization = Su organización indica a quién acudir:
help-call = Llamar al { $phone }
help-write = Escribir a { $mail }
help-way-sign-in = Ir al inicio de sesión
help-still = ¿Sigue sin poder entrar?
help-more = Más temas
help-print = Imprimir esta página
help-guide = Todos los temas en una página
help-guide-heading = Cómo iniciar sesión en { $brand }
help-guide-lead = Para guardarla o para dársela a sus colegas.
help-contents = Contenido

# Each topic: its name, the answer in a sentence or two, what to do in order, what is good to know.
help-first = Es mi primera vez aquí
help-first-text = Su organización le da acceso, y un correo con el asunto “{ mail-invite-subject }” le trae una contraseña temporal.
help-first-1 = Busque el correo de { $sender } con el asunto “{ mail-invite-subject }”. Contiene una contraseña temporal y el botón “{ mail-invite-button }”.
help-first-2 = Pulse “{ mail-invite-button }” y escriba la contraseña temporal.
help-first-3 = Escriba su “{ registration-first-name }” y sus “{ registration-last-name }” y pulse “{ registration-continue }”.
help-first-questions = Si la página le pide preguntas de seguridad, elija tres y dé respuestas que solo usted conozca.
help-first-4 = Elija una contraseña propia, de al menos { $floor } caracteres.
help-first-5 = En “{ registration-email-heading }” pulse “{ registration-email-send }” y escriba el código que le enviamos por correo.
help-first-6 = Lea las condiciones de uso y pulse “{ registration-terms-accept }”. Sus productos están en la página siguiente.
help-first-note = La contraseña temporal sirve durante { $temporary_minutes } minutos desde que entregamos el correo. ¿Llega tarde? El botón del propio correo o “{ sign-in-forgot }” en la página de inicio de sesión le consigue otra enseguida.
help-first-leave = Puede salir en cualquier paso y continuar donde lo dejó, en cualquier dispositivo.
help-first-ask = ¿No hay ningún correo? Entonces puede que nadie le haya dado acceso todavía: póngase en contacto con la administración del programa o con la persona titular de la licencia de su organización.

help-password-text = Le enviamos un enlace para elegir una nueva. Eso también abre una cuenta bloqueada.
help-password-steps = Contraseña olvidada, paso a paso
help-password-1 = En la página de inicio de sesión pulse “{ sign-in-forgot }”.
help-password-2 = Escriba su correo electrónico o su nombre de usuario y pulse “{ recovery-by-mail }”.
help-password-2-ways = Escriba su correo electrónico o su nombre de usuario y pulse “{ recovery-continue }”.
help-password-questions = Donde la página ofrece “{ recovery-way-questions }”, esa opción viene elegida. Pulse “{ recovery-continue }”, responda bien a todas y elegirá la contraseña nueva en ese mismo momento. Si no puede, pulse “{ recovery-cancel }”, vuelva y elija “{ recovery-way-email }”.
help-password-3 = Abra el correo de { $sender } y pulse “{ mail-reset-button }”. El enlace sirve una vez, durante { $link_minutes } minutos, en cualquier navegador.
help-password-question = Si la página “{ recovery-challenge-heading }” le hace su pregunta, respóndala.
help-password-4 = En “{ recovery-set-new }” escriba una contraseña de al menos { $floor } caracteres, escríbala otra vez en “{ recovery-set-again }” y pulse “{ recovery-set-submit }”.
help-password-5 = Inicie sesión con la contraseña nueva.
help-password-note = Al terminar el restablecimiento, una cuenta bloqueada se abre de inmediato, se cierran sus demás sesiones y se le avisa por correo.
help-password-products = La contraseña nueva vale para todos los productos que se abren desde aquí. La página en la que la elige los nombra.
help-password-question-note = Donde se hace una pregunta y usted no ha establecido ninguna, solo la administración del programa puede restablecer su contraseña. El correo dice a quién acudir.
help-password-sso = Si su organización tiene su propia página de inicio de sesión, su contraseña se guarda allí, y el centro de asistencia de la organización puede cambiarla.

help-name-text = Le enviamos por correo todos los nombres de usuario de su dirección de correo.
help-name-steps = Nombre de usuario olvidado, paso a paso
help-name-1 = En esta página o en la de contraseña nueva pulse “{ recovery-forgot-name }”.
help-name-2 = Escriba su dirección de correo y pulse “{ recovery-name-send }”.
help-name-3 = El correo de { $sender } enumera todos los nombres de usuario de esta dirección, con un botón para iniciar sesión. ¿No está el suyo? La administración del programa sabe con qué dirección se le registró.

help-code = No me llegó el código de verificación
help-code-text = Un código que enviamos por correo puede tardar unos minutos. Donde una página dice “{ mfa-code }”, el código no llega por correo: lo muestra su aplicación de autenticación.
help-code-1 = En “{ registration-email-heading }” pulse “{ registration-email-send }”.
help-code-2 = Espere unos minutos y mire en sus carpetas de correo no deseado o spam si hay un correo de { $sender } con el asunto “{ mail-code-subject }”.
help-code-3 = Si su organización filtra el correo, pida a su departamento de informática que permita { $domain }.
help-code-4 = Pulse “{ registration-email-resend }” para recibir otro: { $code_seconds } segundos después del anterior, { $codes } por hora. Solo sirve el más reciente, durante { $code_minutes } minutos.
help-code-5 = ¿Sigue sin código? Use el “{ support-heading }” para hacer una pregunta o para que le llamen.
help-code-app = Donde una página dice “{ mfa-code }”, abra la aplicación de autenticación de su teléfono: muestra un código nuevo cada 30 segundos. Escríbalo y pulse “{ mfa-verify }”. Si ha perdido el teléfono o tiene uno nuevo, use el “{ support-heading }”.

help-mail = No me llegó el correo para restablecer la contraseña
help-mail-text = Viene de { $sender } y llega en unos minutos. Si no llega, lo más habitual es que lo haya retenido un filtro de spam.
help-mail-1 = Espere unos minutos y mire en sus carpetas de correo no deseado o spam si hay un correo de { $sender }.
help-mail-2 = Compruebe que la dirección de la página es exactamente la que conoce su organización.
help-mail-3 = La misma página dice cómo va el correo: si nuestro servidor de correo lo ha entregado o qué ha fallado.
help-mail-4 = Si su organización filtra el correo, pida a su departamento de informática que permita { $domain }.
help-mail-5 = Pulse allí “{ recovery-resend }” para recibir otro correo. El primer enlace también sigue siendo válido.
help-mail-direct = Un producto que todavía tiene su propia página de inicio de sesión se puede abrir directamente allí; la página lo nombra.
help-mail-questions = ¿Sigue sin llegar nada? Donde “{ sign-in-forgot }” ofrece “{ recovery-way-questions }”, no necesita ningún correo.

help-wrong = “Correo electrónico o contraseña no válidos”
help-wrong-text = Lo que se ha escrito no es correcto en conjunto. Por su seguridad no decimos cuál de las dos cosas falla.
help-wrong-1 = Use la dirección de correo o el nombre de usuario que su organización nos indicó y pulse “{ sign-in-next }”.
help-wrong-2 = Vea la contraseña con “{ web-show }” mientras escribe y compruebe que el bloqueo de mayúsculas está desactivado. Después pulse “{ sign-in-submit }”.
help-wrong-3 = Tras { $tries } intentos incorrectos hacemos una pausa de { $minutes } minutos.
help-wrong-4 = ¿No recuerda bien la contraseña? “{ sign-in-forgot }” le consigue una nueva.
help-wrong-ask = Si ni siquiera eso funciona, póngase en contacto con la administración del programa o con la persona titular de la licencia de su organización.

help-sites = No hay centros asociados a mi cuenta
help-sites-text = Ha iniciado sesión, pero nadie le ha dado todavía un producto. La administración del programa o la persona titular de la licencia de su organización puede hacerlo.
help-sites-1 = Inicie sesión. La página nombra a la administración del programa y a la persona titular de la licencia, y dice cómo ponerse en contacto con ellas.
help-sites-2 = Pulse allí “{ portal-ask }”. Reciben su solicitud y un correo que avisa de ella.
help-sites-said = El mensaje es: “{ portal-no-sites }”

help-locked = Mi cuenta está bloqueada
help-locked-text = Tras { $tries } intentos incorrectos, el inicio de sesión se detiene durante { $minutes } minutos, para que nadie pueda adivinar su contraseña. Puede esperar. Una contraseña nueva abre su cuenta de inmediato.
help-locked-1 = O bien espere: la página dice hasta cuándo, e intentarlo mientras tanto no alarga el plazo.
help-locked-2 = O bien pulse “{ sign-in-forgot }” y elija una contraseña nueva. Eso abre su cuenta de inmediato.
help-locked-said = El mensaje es: “{ sign-in-locked }”
help-locked-known = Un navegador con el que ya ha iniciado sesión puede seguir funcionando: los errores de otras personas no lo bloquean.

help-signing-in = Cómo funciona el inicio de sesión
help-signing-in-text = Una dirección y un inicio de sesión para todos sus productos.
help-signing-in-1 = Abra { $url } o el producto que quiera: él le envía aquí.
help-signing-in-2 = En “{ sign-in-identifier }” escriba lo que su organización registró para usted. En un equipo propio, marque “{ sign-in-remember }” y la próxima vez aparecerá ya escrito.
help-signing-in-3 = Pulse “{ sign-in-next }”.
help-signing-in-sso = Si su organización tiene su propia página de inicio de sesión, allí es donde inicia sesión, con la contraseña que usa en el trabajo.
help-signing-in-4 = Si no, escriba su contraseña y pulse “{ sign-in-submit }”.
help-signing-in-5 = Si la página dice “{ mfa-code }”, escriba el código de su aplicación de autenticación y pulse “{ mfa-verify }”.
help-signing-in-6 = Pulse el producto que quiere abrir.

help-product = No veo mi producto
help-product-text = Puede que todavía no se haya trasladado aquí, que usted no tenga acceso o que se abra desde otro producto.
help-product-1 = Todavía no se ha trasladado: sus productos se muestran con la fecha y con un enlace a la antigua página de inicio de sesión. Inicie sesión allí, como antes.
help-product-2 = No tiene acceso: la administración del programa o la persona titular de la licencia de su organización puede dárselo.
help-product-3 = Algunos productos se abren solo desde otro producto. Abra ese otro, señale su nombre en la parte superior izquierda y elija en el menú.

help-allow = Para su departamento de informática: dejen pasar nuestro correo
help-allow-text = Quien no puede recibir nuestro correo no puede entrar. Aquí está todo lo que un filtro de correo necesita saber.
help-allow-1 = Permitan el correo de { $sender }.
help-allow-2 = Permitan el dominio { $domain }, también como remitente del sobre, adonde vuelve el correo que no se ha podido entregar.
help-allow-3 = Dejen pasar los enlaces a { $url }. Un filtro puede abrirlos tantas veces como quiera: un enlace solo se gasta cuando una persona pulsa el botón de la página.
help-allow-4 = Envíense una prueba: pulsen “{ recovery-forgot-name }” y escriban una dirección de su dominio. Cada dirección recibe un correo, con cuenta o sin ella, y la página dice qué ha respondido su servidor de correo.
help-allow-what = Nuestro correo no lleva archivos adjuntos, imágenes ni seguimiento, y no tiene más enlaces que los de esta dirección y los de las páginas antiguas de productos que todavía no se han trasladado.
help-allow-refused = Si su servidor de correo rechaza correo para varias personas, lo notamos y se lo decimos a cada una en su página.

help-shared = Varias personas compartimos una cuenta
help-shared-text = La contraseña de una cuenta compartida no se puede restablecer por correo: una persona dejaría fuera a todas las demás. Solo puede hacerlo la administración del programa.
help-shared-1 = Pida a la administración del programa que la restablezca. “{ help-me }” le envía por correo a quién acudir.
help-shared-2 = Mejor aún: pida una cuenta propia. Así su contraseña es solo suya y nadie puede dejarle fuera.
help-shared-note = Con una cuenta propia también queda claro quién hizo qué.
