# The end of every mail.
mail-footer = Recibe este correo por algo que se hizo en { $url }.
mail-support = ¿Prefiere hablar con una persona? { $support }
mail-ignore = Si no fue usted, no tiene que hacer nada. Nada cambia a menos que se use el botón.
mail-ignore-mail = Si no fue usted, no tiene que hacer nada.
mail-never = Nunca pedimos su contraseña por correo ni por teléfono.

# Reset of a forgotten password
mail-reset-subject = Restablezca su contraseña
mail-reset-preview = Elija una contraseña nueva en los próximos { $minutes } minutos.
mail-reset-lead = Alguien, probablemente usted, ha pedido una contraseña nueva para { $account }.
mail-reset-lead-administrator = La administración del programa le ha enviado este enlace, con el que elige una contraseña nueva para { $account }.
mail-reset-lead-shared = La administración del programa ha enviado este enlace, con el que una de las personas que usan la cuenta elige una contraseña nueva para { $account }. Varias personas usan esta cuenta, y una contraseña nueva cierra la sesión de todas: acuerden quién lo hace y avisen a las demás.
mail-reset-button = Restablecer la contraseña
mail-reset-unexpected = Si no lo esperaba, hable con la administración del programa antes de usarlo. Nada cambia a menos que se use el botón.
mail-reset-life = El enlace sirve una vez, durante { $minutes } minutos, en cualquier navegador.
mail-reset-products = La contraseña nueva será la de:
mail-reset-without = Su organización hace una de sus preguntas de seguridad antes de restablecer una contraseña. Estos nombres de usuario suyos no tienen ninguna, así que solo la administración del programa puede restablecer sus contraseñas: { $accounts }.
mail-reset-cut = Si el botón no funciona, copie esta dirección en un navegador: { $link }

# No account with this address
mail-unknown-subject = No hay ninguna cuenta con esta dirección
mail-unknown-preview = Alguien escribió esta dirección, y no la conocemos.
mail-unknown-lead = Alguien, probablemente usted, escribió { $address } para entrar en { $brand }. Aquí no hay ninguna cuenta con esta dirección.
mail-unknown-try = Qué puede probar:
mail-unknown-other = Otra dirección suya. A menudo es la que le dio su organización.
mail-unknown-name = Su nombre de usuario, si lo tiene.
mail-unknown-ask = La administración del programa o la persona titular de la licencia de su organización. Saben con qué dirección se le registró y pueden darle de alta.
mail-unknown-button = Intentarlo de nuevo
mail-unknown-not-you = Si no fue usted, no tiene que hacer nada. No recibirá más correos como este a menos que alguien vuelva a escribir la dirección.

# The password lives at the organization
mail-sso-subject = Inicie sesión con { $organization }
mail-sso-preview = Su contraseña la guarda su organización, no nosotros.
mail-sso-lead = Alguien, probablemente usted, ha pedido una contraseña nueva para { $account }. Usted inicia sesión por medio de { $organization }, así que su contraseña se guarda allí y solo allí pueden cambiarla.
mail-sso-know = Si conoce la contraseña de su organización, inicie sesión como { $email }: le llevamos a la página adecuada.
mail-sso-forgot = Si la ha olvidado, consulte al centro de asistencia o al departamento de informática de { $organization }.
mail-sso-contact = A quién acudir
mail-sso-button = Iniciar sesión

# Several user names on one address
mail-several-subject = ¿Qué contraseña quiere restablecer?
mail-several-preview = A esta dirección pertenecen varios nombres de usuario. Cada uno tiene su enlace.
mail-several-lead = Alguien, probablemente usted, ha pedido una contraseña nueva. A { $address } pertenecen varios nombres de usuario, y cada uno tiene su propia contraseña. Elija el que necesita:
mail-several-button = Restablecer la contraseña de { $account }
mail-several-life = Cada enlace sirve una vez, durante { $minutes } minutos, en cualquier navegador.

# An account that may not reset itself
mail-ask-subject = Pida una contraseña nueva a la administración del programa
mail-ask-preview = Esta contraseña solo puede restablecerla la administración del programa.
mail-ask-shared = Alguien ha pedido una contraseña nueva para { $account }. Varias personas comparten esta cuenta, así que solo la administración del programa puede restablecer su contraseña.
mail-ask-disabled = Alguien, probablemente usted, ha pedido una contraseña nueva para { $account }. Esta cuenta se ha desactivado, así que una contraseña nueva no serviría de nada.
mail-ask-questions = Alguien, probablemente usted, ha pedido una contraseña nueva para { $account }. Su organización hace una de sus preguntas de seguridad antes de restablecer una contraseña, y esta cuenta no tiene ninguna. La administración del programa puede enviarle un enlace que funciona sin la pregunta.
mail-confirm-subject = Confirme su dirección de correo
mail-confirm-preview = Hasta entonces no decimos nada más aquí.
mail-ask-factor = Alguien, probablemente usted, ha pedido una contraseña nueva para { $account }. Se le quitó el segundo paso y nadie ha iniciado sesión desde entonces, de modo que solo quedaría un buzón como protección. Inicie sesión con la contraseña que tiene, o pregunte a la administración, que puede enviarle un enlace.
mail-ask-unproved = Se ha pedido algo, o ha ocurrido algo, en relación con la cuenta { $account }. Su dirección se cambió por esta, y nadie ha confirmado todavía que sea suya, así que aquí no decimos nada más. Si conoce la contraseña, inicie sesión: le enviaremos un código que la confirma.
mail-ask-unproved-else = Si no la conoce, puede recibir un enlace: póngase en contacto con la administración del programa o con la persona titular de la licencia de su organización.
mail-ask-who = Acuda a una de estas personas:
mail-ask-nobody = Póngase en contacto con la administración del programa o con la persona titular de la licencia de su organización para obtener más ayuda.

# Forgotten user name
mail-names-subject = Su nombre de usuario
mail-names-preview = Todos los nombres de usuario que pertenecen a esta dirección.
mail-names-lead = Alguien, probablemente usted, ha preguntado qué nombres de usuario pertenecen a { $address }. Son estos:
mail-names-none = Alguien, probablemente usted, ha preguntado qué nombres de usuario pertenecen a { $address }. No necesita ninguno: inicie sesión con esta dirección de correo.
mail-names-button = Iniciar sesión
mail-names-not-you = Si no fue usted, no tiene que hacer nada. Solo usted ha recibido este correo.

# Access request, to those who may grant it. Nothing the requester typed is in it.
mail-access-subject = { $name } solicita acceso
mail-access-subject-product = { $name } solicita acceso a { $product }
mail-access-preview = Una solicitud de su organización le espera.
mail-access-lead = Una persona de su organización ha iniciado sesión y solicita acceso. Recibe este correo porque usted puede concederlo.
mail-access-name = Nombre
mail-access-email = Correo electrónico
mail-access-product = Producto
mail-access-any = Todavía ninguno, así que cualquiera
mail-access-next = Este correo no cambia nada por sí mismo. Compruebe que conoce a la persona antes de darle acceso.
mail-access-button = Iniciar sesión

# The Contact Form, to those who help
mail-support-question-subject = Pregunta { $number }: { $topic }
mail-support-question-lead = Alguien ha enviado una pregunta con el formulario de contacto.
mail-support-call-back-subject = Devolver la llamada { $number }: { $topic }
mail-support-call-back-lead = Alguien pide que le llamen, con el formulario de contacto.
mail-support-name = Nombre
mail-support-email = Correo electrónico
mail-support-phone = Teléfono
mail-support-best-time = Mejor momento para llamar
mail-support-identifier = Escrito al iniciar sesión
mail-support-organization = Organización
mail-support-reference = Referencia de la página de error
mail-support-who = Persona conocida
mail-support-known = Sí, tenía la sesión abierta
mail-support-stranger = No, pudo escribirlo cualquiera
mail-support-message = Ha escrito:
mail-support-beware = Todo lo anterior lo ha escrito esa persona y no lo ha comprobado nadie. No abra los enlaces que contenga y no cambie ninguna cuenta antes de saber con quién habla.

# The Contact Form, to the address that was typed. Nothing else that was typed is in it.
mail-confirm-question-subject = Hemos recibido su pregunta ({ $number })
mail-confirm-question-lead = Hemos recibido su pregunta y la responderemos por correo electrónico.
mail-confirm-call-back-subject = Le llamaremos ({ $number })
mail-confirm-call-back-lead = Hemos recibido su solicitud y le llamaremos.
mail-confirm-number = Número
mail-confirm-topic = Tema
mail-confirm-next = Hasta entonces, puede que una de estas páginas ya le ayude.
mail-confirm-button = Ayuda
mail-confirm-not-you = Si no fue usted, alguien escribió su dirección por error. No tiene que hacer nada.

# The Contact Form, to the administrators of the person who asks. Nothing that was typed is in it.
mail-asked-subject = { $name } pide ayuda para iniciar sesión
mail-asked-lead = Alguien que indica una cuenta de su organización nos ha pedido ayuda. Lo que necesita solo puede dárselo usted, por eso también le avisamos.
mail-asked-next = Este correo no cambia nada por sí mismo. Hable con la persona antes de cambiar nada: cualquiera puede escribir un nombre.

# Help me sign in: what is in the way, and the one button that helps
mail-help-subject = Qué le impide iniciar sesión
mail-help-disabled = La cuenta { $account } se ha desactivado, así que nadie puede iniciar sesión con ella. Una contraseña nueva no lo cambiaría.
mail-help-elsewhere = Usted inicia sesión en { $brand } por medio de { $organization }. Escriba { $account } en nuestra primera página y le llevaremos allí. Su contraseña es la de su organización.
mail-help-no-second-factor = La cuenta { $account } tiene que iniciar sesión con un segundo paso. La comparten varias personas, así que nadie puede configurar uno para todas: alguien tiene que cambiar eso antes de que usted pueda continuar.
mail-help-locked = La cuenta { $account } está bloqueada hasta el { $until } por varias contraseñas o códigos incorrectos. Puede esperar.
mail-help-locked-closed = La cuenta { $account } está bloqueada por muchísimas contraseñas o códigos incorrectos.
mail-help-locked-open = Una contraseña nueva la abre de inmediato.
mail-help-locked-shared = Ningún enlace por correo puede abrirla.
mail-help-other-name = Su nombre de usuario es { $account }. Con esta dirección de correo no se inicia sesión; con el nombre de usuario sí, y con la misma contraseña.
mail-help-no-sites = Puede iniciar sesión como { $account }, pero nadie le ha dado todavía un producto.
mail-help-no-sites-ask = Una vez iniciada la sesión, “{ portal-ask }” les envía su solicitud.
mail-help-not-moved = Puede iniciar sesión como { $account }, pero ninguno de sus productos se ha trasladado aquí todavía. Hasta entonces, inicie sesión en las páginas de cada uno, como antes.
mail-help-moves = { $product }: { $url } hasta el { $at }
mail-help-waits = { $product }: { $url }
mail-help-waits-somewhere = { $product }: en su propia página, como antes
mail-help-license-ended = Puede iniciar sesión como { $account }, pero la licencia de su organización para sus productos ha vencido.
mail-help-license-ended-ask = Una vez iniciada la sesión, abra el producto y pulse “{ portal-ask }”: eso les envía su solicitud.
mail-help-well = No hemos encontrado nada que le impida entrar. Escriba { $account } en la página de inicio de sesión y después su contraseña.
mail-help-well-password = Si no sabe su contraseña, pulse “{ sign-in-forgot }” en la página que se la pide.
mail-help-well-ask = Si no sabe la contraseña de { $account }, la administración del programa puede enviarle un enlace para establecer una nueva. Con “{ sign-in-forgot }” no se puede.
mail-help-well-code = Después de la contraseña pedimos el código de su aplicación de autenticación. Si la ha perdido, la administración del programa o la persona titular de la licencia de su organización puede ayudarle.
mail-help-several = A { $address } pertenecen varios nombres de usuario. Inicie sesión con el que necesita:
mail-help-several-preview = A esta dirección pertenecen varios nombres de usuario.
mail-help-several-line = { $account }: { $state }
mail-help-short-disabled = Cuenta desactivada.
mail-help-short-elsewhere = Se inicia sesión por medio de su organización.
mail-help-short-invited = Todavía sin contraseña.
mail-help-short-no-second-factor = Se exige un segundo paso, pero la cuenta es compartida y no puede tener ninguno.
mail-help-short-locked = Bloqueo por un tiempo.
mail-help-short-other-name = Nada impide entrar.
mail-help-short-no-sites = Todavía sin productos.
mail-help-short-not-moved = Los productos todavía no se han trasladado aquí.
mail-help-short-license-ended = La licencia de los productos ha vencido.
mail-help-short-well = Nada impide entrar.

# Access was given to somebody without a password
mail-invite-subject = Acceso a { $product }
mail-invite-preview = Su contraseña temporal sirve durante { $minutes } minutos.
mail-invite-lead = { $organization } le ha dado acceso a { $product }.
mail-invite-how = Se entra por medio de { $brand }. La primera vez inicia sesión con la contraseña temporal que figura abajo y después elige la suya.
mail-invite-account = Correo electrónico o nombre de usuario
mail-invite-temporary = Contraseña temporal
mail-invite-button = Empezar
mail-invite-life = La contraseña temporal y el botón sirven durante { $minutes } minutos, en cualquier navegador, hasta que haya elegido su propia contraseña.
mail-invite-late = ¿Llega tarde? Pulse el botón de todos modos o use “{ sign-in-forgot }” en la página de inicio de sesión: recibirá otra enseguida.

# Access was given to somebody who signs in already
mail-granted-preview = Inicie sesión como siempre para abrir { $product }.
mail-granted-how = Inicie sesión como siempre, con { $account }, y lo encontrará allí.

# Access was given to somebody whose account is another organization's
mail-anothers-preview = No se pudo dar a esta cuenta.
mail-anothers-lead = { $organization } quiso darle acceso a { $product } en esta dirección.
mail-anothers-why = Su cuenta { $account } pertenece a otra organización, y una cuenta abre los productos de una sola organización. Por eso no ha cambiado nada para usted.
mail-anothers-next = Si también trabaja para { $organization }, indique allí otra dirección suya: recibirá una cuenta propia de esa organización.

# Somebody without a password asked for one
mail-continue-subject = Continúe su registro
mail-continue-preview = Aquí tiene una contraseña temporal para continuar.
mail-continue-lead = Alguien, probablemente usted, ha pedido una contraseña nueva para { $account }. Se le dio acceso a { $product } y todavía no ha elegido su propia contraseña, así que aquí tiene una temporal para continuar.
mail-continue-button = Continuar

# An administrator has taken the password away
mail-temporary-subject = Su contraseña temporal
mail-temporary-preview = Su contraseña anterior ya no sirve.
mail-temporary-lead = La administración del programa ha anulado la contraseña de { $account }. Inicie sesión con la contraseña temporal que figura abajo y después elija una nueva propia.
mail-temporary-button = Elegir una contraseña nueva

# A code that shows that mail arrives
mail-code-subject = Su código de verificación
mail-code-preview = Sirve durante { $minutes } minutos.
mail-code-lead = Escriba este código en la página que lo pidió, para mostrar que nuestro correo le llega a { $address }.
mail-code-code = Código de verificación
mail-code-life = El código sirve una vez, durante { $minutes } minutos.
mail-code-not-you = Si no está iniciando sesión en este momento, no dé este código a nadie. Sin él no ocurre nada.

# To an address that somebody wants for their account
mail-change-code-subject = Su código para una dirección de correo nueva
mail-change-code-lead = Alguien con una cuenta en { $organization } quiere usar { $address } a partir de ahora. Si es usted, escriba este código en la página que lo pidió.
mail-change-code-life = El código sirve una vez, durante { $minutes } minutos, y solo en el navegador en el que se pidió.
mail-change-code-not-you = Si no es usted, no dé este código a nadie. Sin él no ocurre nada.
mail-taken-subject = Alguien quería usar su dirección de correo
mail-taken-preview = No ha cambiado nada.
mail-taken-lead = Alguien quería usar { $address } para otra cuenta en { $brand }. Ya es la dirección de una cuenta, y por eso no ha cambiado nada, y a quien lo pidió no se le ha dicho.
mail-taken-you = Si fue usted, tiene una cuenta con esta dirección y puede iniciar sesión con ella. Si quiere solo una de las dos, pregunte a la administración del programa.
mail-taken-not-you = Si no fue usted, lo más frecuente es que alguien se haya equivocado al escribir. No tiene que hacer nada.

# Single sign-on is suspended: to those who are responsible
mail-continuity-by = Por
mail-continuity-approved = Aprobado por
mail-continuity-asked-subject = ¿Suspender el inicio de sesión único de { $organization }?
mail-continuity-asked-preview = Tiene que aprobarlo una segunda persona.
mail-continuity-asked-lead = { $asker } solicita suspender el inicio de sesión único de { $organization } y da este motivo:
mail-continuity-asked-means = Si lo aprueba, ya no se envía a nadie a la página de inicio de sesión propia de la organización. Su personal establece aquí una contraseña, por medio de dos buzones, e inicia sesión con ella hasta que alguien lo reanude.
mail-continuity-asked-speak = Hable primero con { $asker }. Este correo, y abrir la página, no cambian nada.
mail-continuity-asked-button = Ver la solicitud
mail-continuity-asked-life = Puede aprobarse hasta el { $until }, y debe hacerlo alguien que no sea { $asker }.
mail-continuity-suspended-subject = El inicio de sesión único de { $organization } está suspendido
mail-continuity-suspended-preview = Su personal inicia sesión con una contraseña hasta que se reanude.
mail-continuity-suspended-lead = El inicio de sesión único de { $organization } está suspendido: no se envía a nadie a su propia página de inicio de sesión.
mail-continuity-sessions-stay = Las sesiones abiertas siguen abiertas.
mail-continuity-sessions-ended = Las sesiones que estaban abiertas se han cerrado.
mail-continuity-through-both = Cada persona establece una contraseña con “{ sign-in-forgot }”, por medio de su buzón y de un segundo buzón que haya confirmado antes. A quien no lo tiene se le indica por correo a quién acudir: cuente con esas llamadas.
mail-continuity-through-secondary = Cada persona establece una contraseña con “{ sign-in-forgot }”, por medio del segundo buzón que haya confirmado antes, porque el primero también puede fallar. A quien no lo tiene se le indica por correo a quién acudir: cuente con esas llamadas.
mail-continuity-suspended-end = Cuando la página de la organización vuelva a funcionar, reanúdelo. Eso cierra la sesión de quienes hayan entrado aquí entretanto.
mail-continuity-suspended-button = Ver el estado
mail-continuity-resumed-subject = El inicio de sesión único de { $organization } vuelve a funcionar
mail-continuity-resumed-preview = Su personal inicia sesión de nuevo en su organización.
mail-continuity-resumed-lead = El inicio de sesión único de { $organization } se ha reanudado: su personal vuelve a la página de inicio de sesión propia de la organización.
mail-continuity-resumed-ended = Se ha cerrado la sesión de quienes habían entrado aquí entretanto, y las contraseñas que habían establecido ya no sirven.

# A second mailbox
mail-second-subject = Confirme su segundo buzón
mail-second-preview = Cuenta en cuanto pulse el botón.
mail-second-lead = Alguien, probablemente usted, quiere que este sea el segundo buzón de { $account }.
mail-second-lead-administrator = La administración del programa ha indicado este como segundo buzón de { $account }. Solo usted puede confirmarlo.
mail-second-what = Cuando la página de inicio de sesión de { $organization } no funciona, la contraseña nueva se establece por medio de los dos buzones. Se usa solo para eso.
mail-second-button = Este buzón es mío
mail-second-life = El botón sirve una vez, durante { $hours } horas.
mail-second-not-you = Si no sabe de qué se trata, no tiene que hacer nada. Sin el botón no tiene ningún efecto.
mail-replacing-subject = Su segundo buzón está a punto de cambiar
mail-replacing-preview = Se ha indicado otro.
mail-replacing-lead = Alguien, probablemente usted, ha indicado otro segundo buzón para { $account }. En cuanto se responda a su correo, ocupará el lugar de este.
mail-replacing-not-you = Si no ha sido usted, díganoslo ahora, y también a la administración del programa: después, este buzón ya no recibirá nada más.
mail-released-subject = Este ya no es su segundo buzón
mail-released-preview = Ya no enviaremos nada más aquí.
mail-released-lead = Este ya no es el segundo buzón de { $account }.
mail-released-not-you = Si no lo cambió usted, avísenos.

# A reset through two mailboxes
mail-both-subject = Restablezca su contraseña: correo 1 de 2
mail-both-subject-second = Restablezca su contraseña: correo 2 de 2
mail-both-preview = Pulse el botón de los dos correos en los próximos { $minutes } minutos.
mail-both-lead = Alguien, probablemente usted, ha pedido una contraseña nueva para { $account }. La página de inicio de sesión de { $organization } no funciona, así que, hasta que vuelva a funcionar, usted establece aquí una contraseña.
mail-both-other = También hemos enviado un correo a su otro buzón, { $other }. Pulse el botón en los dos, en cualquier orden: mejor en un mismo navegador.
mail-both-without = Estos nombres de usuario suyos no tienen un segundo buzón que se confirmara a tiempo, así que solo la administración del programa puede ayudar: { $accounts }.
mail-both-ends = La contraseña sirve hasta que la página de la organización vuelva a funcionar.
mail-both-warn = Si no lo ha pedido usted, no pulse el botón ni diga a nadie un número que le muestre una página. Avise a la administración del programa.
mail-second-alone-warn = Si no lo ha pedido usted, no pulse el botón ni dé el enlace a nadie: quien lo tenga puede establecer la contraseña. Avise a la administración del programa.
mail-second-alone-lead = Alguien, probablemente usted, ha pedido una contraseña nueva para { $account }. La página de inicio de sesión de { $organization } no funciona, y puede que su correo tampoco, así que, hasta que vuelva a funcionar, usted establece aquí una contraseña por medio de este buzón.
mail-elsewhere-subject = Mire en su segundo buzón
mail-elsewhere-preview = El enlace para una contraseña nueva está allí.
mail-elsewhere-lead = Alguien, probablemente usted, ha pedido una contraseña nueva para { $account }. La página de inicio de sesión de { $organization } no funciona, y puede que su correo tampoco, así que hemos enviado el enlace a su segundo buzón, { $other }.
mail-ask-second = Alguien, probablemente usted, ha pedido una contraseña nueva para { $account }. La página de inicio de sesión de { $organization } no funciona. Hasta que vuelva a funcionar, las contraseñas se establecen por medio de un segundo buzón confirmado antes, y esta cuenta no tiene ninguno. La administración del programa puede ayudarle.

# The record that shows whose a domain is, is gone from its DNS
mail-record-subject = Falta un registro DNS de { $domain }
mail-record-preview = El inicio de sesión funciona como antes. Vuelva a poner el registro.
mail-record-lead = Un registro del DNS muestra que { $domain } pertenece a { $organization }. Lo consultamos de vez en cuando, y ahora ya no está.
mail-record-means = Eso no cambia nada para su personal: inicia sesión como antes.
mail-record-name = Nombre
mail-record-type = Tipo
mail-record-value = Valor
mail-record-since = Falta desde
mail-record-next = Pida a quien gestiona su DNS que lo vuelva a poner. Lo veremos en el plazo de un día; no hace falta que nos avise.
mail-record-released = ¿El dominio ya no es suyo? Entonces avísenos para que lo liberemos.

# People of an organization sign in elsewhere from now on, or here again
mail-moved-people = Personas
mail-moved-program = El programa { $program } de la organización
mail-moved-there-subject = En { $organization } se inicia sesión por medio de { $through }
mail-moved-there-preview = Sus contraseñas de aquí ya no sirven.
mail-moved-there-lead = A partir de ahora, se envía a las personas de { $organization } a { $through } para iniciar sesión.
mail-moved-there-means = Las contraseñas que tenían aquí ya no sirven y quedan retiradas. Quien tiene la sesión abierta la conserva.
mail-moved-there-wrong = ¿No es lo que quería? Avise enseguida a quien gestiona este sitio: a partir de ahora, { $through } dice quiénes son estas personas.
mail-moved-here-subject = En { $organization } se vuelve a iniciar sesión aquí
mail-moved-here-preview = Hace falta una contraseña nueva.
mail-moved-here-lead = Ya no se envía a las personas de { $organization } a { $through }: inician sesión aquí.
mail-moved-here-means = Ninguna contraseña de antes sirve. Cada persona establece una nueva con “{ sign-in-forgot }”, por medio de un correo a la dirección de su cuenta.
mail-moved-here-wrong = ¿No es lo que quería? Avise enseguida a quien gestiona este sitio: hasta que se deshaga, quien lea el correo de alguien puede establecer la contraseña de esa persona.
mail-kept-subject = Un programa quería que en { $organization } se iniciara sesión aquí
mail-kept-preview = Se le ha denegado, y nada ha cambiado.
mail-kept-lead = Un programa de { $organization } quería que ya no se iniciara sesión por medio de { $what }. No puede hacerlo, y nada ha cambiado.
mail-kept-wanted = Si es lo que quiere, pídalo a quien gestiona este sitio.
mail-kept-out = Si su propia página de inicio de sesión no funciona, suspenda mejor el inicio de sesión único: para eso hacen falta dos personas, y vuelve a terminar.
mail-kept-not-you = Si no sabe nada de ello, puede que el secreto del programa esté en otras manos. Pida uno nuevo a quien gestiona este sitio.

# An organization's identity provider has sent as many new people as it may within a day
mail-capped-subject = { $name } no crea hoy más cuentas
mail-capped-preview = A partir de mañana volverá a crearlas.
mail-capped-lead = A las personas de { $organization } que inician sesión por medio de { $name } y todavía no tienen cuenta se les crea una. Hoy han sido { $most }, y no puede haber más: las demás personas nuevas la tendrán mañana.
mail-capped-means = Quien ya tiene una cuenta inicia sesión como antes.
mail-capped-next = ¿No esperaba tantas? Entonces puede que alguien se esté inventando personas: revise las cuentas más recientes de { $organization } y su inicio de sesión.
mail-capped-more = ¿Las esperaba todas? Entonces el personal de operación puede permitir más en un día.

# The secret by which an organization's identity provider knows us ends
mail-secret-subject = El secreto de inicio de sesión de { $organization } vence pronto
mail-secret-preview = Después, nadie podrá iniciar sesión por medio de él.
mail-secret-lead = Su personal inicia sesión por medio de { $name }. Nos reconoce por un secreto, y ese secreto vence pronto. Después, nadie de { $organization } podrá iniciar sesión.
mail-secret-ended-subject = El secreto de inicio de sesión de { $organization } ha vencido
mail-secret-ended-preview = Nadie puede iniciar sesión hasta que haya uno nuevo.
mail-secret-ended-lead = Su personal inicia sesión por medio de { $name }. Nos reconoce por un secreto, y ese secreto ha vencido. Nadie de { $organization } puede iniciar sesión hasta que haya uno nuevo.
mail-secret-ends = Vence
mail-secret-issuer = Proveedor de identidad
mail-secret-client = ID de cliente
mail-secret-next = Pida a su departamento de informática que cree allí un secreto nuevo para este cliente y que nos lo dé: no por correo, sino del mismo modo que el primero. El anterior sigue sirviendo junto a él hasta que venza.
mail-secret-button = Ver lo registrado

# A code in place of a second step
mail-second-code-subject = Su código para iniciar sesión
mail-second-code-lead = Escriba este código en la página que lo ha pedido, para seguir iniciando sesión como { $account }.
mail-second-code-life = El código sirve una vez, durante { $minutes } minutos, y en ningún otro navegador.
mail-second-code-not-you = Si no está iniciando sesión en este momento, alguien conoce su contraseña. No dé este código a nadie y elija otra contraseña.

# A second step is lost: to those who administer, and to the person
mail-factor-lost-subject = { $name } ha perdido el segundo paso para iniciar sesión
mail-factor-lost-preview = Asegúrese de quién es antes de hacer nada.
mail-factor-lost-lead = Alguien que conoce la contraseña de { $account } dice que ha perdido el teléfono y los códigos de recuperación.
mail-factor-lost-who = Hable con la persona por una vía que ya conozca, y no respondiendo a un correo. No pregunte nada que otros puedan saber: véala en persona o llámela a un número que ya tenía.
mail-factor-lost-next = Si es esa persona, haga que se quite el segundo paso y diga cómo se aseguró. Eso espera unas horas; se avisa a todas las direcciones de la persona, que puede impedirlo.
mail-factor-lost-button = Ver quién pide ayuda
mail-factor-lost-us = Para otra persona de la administración, o si no encuentra allí a la persona, pregunte a quien es titular de la licencia o a quienes gestionan este servicio.
mail-factor-help-subject = Quién puede ayudarle a volver a iniciar sesión
mail-factor-help-preview = Nos ha dicho que ha perdido su teléfono.
mail-factor-help-lead = Nos ha dicho que ha perdido el teléfono y los códigos de recuperación de { $account }. La administración puede hacer que se quite el segundo paso, después de asegurarse de que es usted.
mail-factor-help-next = Llame o vaya en persona. El segundo paso se quita entonces al cabo de { $hours } horas; le avisamos cuando empieza el plazo, y puede impedirlo. Si antes encuentra su teléfono o un código de recuperación, simplemente inicie sesión.
mail-factor-help-not-you = Si no fue usted, alguien conoce su contraseña. Elija otra ahora, con “{ sign-in-forgot }” en la página de inicio de sesión.
mail-reset-lapsed-subject = El segundo paso de { $name } no se ha quitado
mail-reset-lapsed-preview = Algo ha cambiado desde que se inició.
mail-reset-lapsed-lead = El segundo paso de { $account } iba a quitarse ahora. Antes se comprobó una vez más, y se detuvo.
mail-reset-lapsed-no-factor = La cuenta ya no tiene ningún segundo paso.
mail-reset-lapsed-disabled = Entretanto se desactivó la cuenta.
mail-reset-lapsed-organization = La cuenta pertenece ahora a otra organización.
mail-reset-lapsed-address = Entretanto se cambió la dirección de correo de la cuenta, de modo que nuestro aviso llegó a otra.
mail-reset-lapsed-beginner = Quien lo inició ya no puede hacerlo para esta cuenta.
mail-reset-lapsed-next = Si la persona sigue sin poder iniciar sesión, se puede iniciar de nuevo, tras asegurarse una vez más de quién es. Quien no pueda hacerlo debe pedírselo a otra persona de la administración o a quienes gestionan este servicio.

# To the operators: sign-in failed for many different names from one address
mail-slowed-subject = El inicio de sesión ha fallado con muchos nombres desde { $address }
mail-slowed-preview = La hemos frenado. Compruebe de quién es esta dirección.
mail-slowed-lead = En { $minutes } minutos el inicio de sesión ha fallado con { $names } nombres distintos desde una misma dirección de red. Ahora solo aceptamos contraseñas desde allí después de pausas, cada una más larga que la anterior. Los navegadores que las personas ya han usado no tienen que esperar.
mail-slowed-attack = ¿No conoce la dirección? Entonces puede que alguien esté probando contraseñas con todo el mundo, o una lista de nombres y contraseñas obtenida en otro lugar. El registro de auditoría contiene cada intento y dice cuáles acertaron. Su cortafuegos puede cerrarle el paso.
mail-slowed-yours = ¿Es la salida a internet de una de sus organizaciones? Entonces indique su red en limits.known_networks y libere la dirección con: portico address release { $address }
mail-slowed-more = portico address list las muestra todas. Escribimos como mucho una vez al día sobre una misma dirección, y sobre cinco direcciones al día.
