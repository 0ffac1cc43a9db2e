# Notices of what was done to an account, each with a button.
notice-button = No fui yo
notice-button-does = Cierra la sesión de todo el mundo, hace inservible la contraseña actual y le envía un enlace para elegir una nueva.
notice-button-ends = Cierra la sesión de todo el mundo, hace inservible la contraseña actual y le envía por correo quién puede ayudarle a obtener una nueva.
notice-button-link = Cierra la sesión de todo el mundo y le envía un enlace para elegir una contraseña nueva. La actual sirve hasta que haya elegido otra.
notice-button-asks = Cierra la sesión de todo el mundo y le envía por correo quién puede ayudarle a continuar.
notice-button-reports = Cierra la sesión de todo el mundo, comunica a la administración de su organización que no fue usted, si hay alguien más que usted en ella, y le envía por correo a quién acudir.
notice-button-stops = Lo impide, y no cambia nada más.
notice-button-life = El botón sirve una vez, durante { $days } días. Primero muestra una página que dice qué va a ocurrir.
notice-when = Cuándo
notice-where = Desde
notice-browser = Navegador
notice-by = Por
notice-by-us = Quienes gestionan { $brand }

# The password was changed
notice-password-subject = Su contraseña ha cambiado
notice-password-preview = Si fue usted, todo está bien.
notice-password-lead = La contraseña de { $account } ha cambiado. Si fue usted, todo está bien, y se ha cerrado su sesión en todos los demás lugares.
notice-password-not-you = Si no fue usted, use este botón ahora.

# The address was changed, to the old one
notice-email-subject = Su dirección de correo ha cambiado
notice-email-preview = A partir de ahora, el correo sobre su cuenta va a otra dirección.
notice-email-lead = El correo sobre { $account } iba a { $old }. A partir de ahora va a otra dirección. Si la cambió usted, todo está bien.
notice-email-not-you = Si no fue usted y no sabe de qué se trata, use este botón ahora y avise a la administración del programa: solo ella puede volver a poner su dirección.

# The security questions were changed
notice-questions-subject = Sus preguntas de seguridad han cambiado
notice-questions-preview = Si fue usted, todo está bien.
notice-questions-lead = Las preguntas de seguridad de { $account }, o sus respuestas, han cambiado. Si fue usted, todo está bien.
notice-questions-not-you = Si no fue usted, use este botón ahora.

# The security questions were answered
notice-answered-subject = Se ha respondido a sus preguntas de seguridad
notice-answered-preview = Si fue usted, todo está bien.
notice-answered-lead = Alguien que quiere una contraseña nueva para { $account } ha respondido a sus preguntas de seguridad y ahora puede elegirla durante { $minutes } minutos. Si fue usted, todo está bien.
notice-answered-not-you = Si no fue usted, alguien conoce sus respuestas. Use este botón ahora: así esa persona ya no podrá elegir ninguna contraseña.

# A sign-in in a browser the account is not known in
notice-linked-subject = Su cuenta está vinculada al inicio de sesión de su organización
notice-linked-preview = A partir de ahora inicia sesión con su organización.
notice-linked-lead = Alguien ha iniciado sesión en { $connection } con la dirección de correo de { $account }, y desde ahora ambas están vinculadas: quien inicie sesión allí como esa persona podrá entrar aquí. Si fue usted, todo está bien.
notice-linked-not-you = Si no fue usted, use este botón ahora y avise al centro de asistencia de su organización.

notice-new-browser-subject = Se ha iniciado sesión en su cuenta desde un navegador nuevo
notice-new-browser-preview = Si fue usted, todo está bien.
notice-new-browser-lead = Alguien ha iniciado sesión como { $account } en un navegador que no le habíamos visto usar. Si fue usted, todo está bien: la próxima vez reconoceremos este navegador.
notice-new-browser-not-you = Si no fue usted, alguien conoce su contraseña. Use este botón ahora.

# Sign-in is paused
mail-lock-subject = Su cuenta está bloqueada por un tiempo
mail-lock-preview = Hasta el { $until }, o hasta que elija una contraseña nueva.
mail-lock-preview-wait = Hasta el { $until }.
mail-lock-lead = Ha habido varias contraseñas incorrectas para { $account }, así que hemos bloqueado la cuenta hasta el { $until }. Los navegadores que ya ha usado pueden seguir funcionando.
mail-lock-lead-codes = Ha habido varios códigos incorrectos para { $account }, cada uno tras la contraseña correcta, así que no aceptamos más códigos hasta el { $until }. Los navegadores que ya ha usado pueden seguir funcionando.
mail-lock-subject-answers = Sus preguntas de seguridad están desactivadas por un tiempo
mail-lock-lead-answers = Ha habido varias respuestas incorrectas a las preguntas de seguridad de { $account }, así que no aceptamos más hasta el { $until }. Su contraseña funciona como antes.
mail-lock-you-answers = Si fue usted y necesita una contraseña nueva, lo que funciona ahora es el enlace de este correo o uno que pida.
mail-lock-not-you-answers = Si no fue usted, su cuenta sigue a salvo: nadie ha entrado y no tiene que hacer nada. Si prefiere asegurarse, hay un botón para ello.
mail-lock-you = Si fue usted, puede esperar o elegir una contraseña nueva: eso abre la cuenta de inmediato.
mail-lock-wait = Si fue usted, espere o pida ayuda a la administración del programa. Ningún enlace puede restablecer la contraseña de esta cuenta.
mail-lock-wait-codes = Si fue usted, espere hasta entonces y compruebe que el reloj de su teléfono está en hora: los códigos dependen de él.
mail-lock-button = Restablecer la contraseña
mail-lock-not-you = Si no fue usted, su contraseña sigue a salvo: nadie ha entrado y no tiene que hacer nada. Si prefiere asegurarse, hay un botón para ello.
mail-lock-not-you-codes = Si no fue usted, alguien conoce su contraseña. Nadie ha entrado, pero use este botón ahora.
mail-lock-life = El enlace sirve una vez, durante { $minutes } minutos.

# The page behind the button
notice-page-heading = ¿No fue usted?
notice-page-about = Se trata de
notice-page-lead = Cuando pulse el botón:
notice-page-out = Se cierra la sesión de todo el mundo, en todos los dispositivos; la suya también.
notice-page-password = La contraseña actual deja de servir.
notice-page-answers = Las respuestas a sus preguntas de seguridad dejan de servir.
notice-page-factors = Se quita el segundo paso, con los códigos de recuperación: quien lo configuró ya no puede usarlo.
notice-page-stop = Su segundo paso sigue como está.
notice-page-tells = Le avisamos por correo de que se ha impedido.
notice-page-report = Comunicamos a la administración de su organización que no fue usted.
notice-page-report-support = Comunicamos al equipo de asistencia de este servicio que no fue usted.
notice-page-mail = Le enviamos un enlace para elegir una contraseña nueva, a
notice-page-ask = Le enviamos por correo quién puede ayudarle a continuar, a
notice-page-fine = ¿Fue usted después de todo? Entonces cierre esta página. Hasta ahora no ha cambiado nada.
notice-page-reset = Restablecer la contraseña
notice-page-again = Pedir otro correo
notice-done-heading = Hecho
notice-done-text = Se ha cerrado la sesión de todo el mundo, y se ha enviado un correo que dice cómo continuar a
notice-done-stopped = El segundo paso sigue como está, y un correo lo confirma. Diga a su administración que no fue usted quien lo pidió.
notice-done-ask = Ahora ningún enlace por correo puede establecer una contraseña nueva para esta cuenta. La administración del programa o la persona titular de la licencia de su organización puede ayudarle: el correo dice quiénes son.
notice-done-report = Hemos comunicado a la administración de su organización que no fue usted. Hable con ella: el correo dice a quién acudir, y solo ella puede corregir una dirección.
notice-done-report-support = Hemos comunicado al equipo de asistencia de este servicio que no fue usted. Solo ese equipo puede corregir una dirección.
notice-done-report-nobody = No hay nadie a quien hayamos podido comunicarlo. Hable con quien gestiona este servicio para su organización: solo ahí pueden corregir una dirección.
notice-expired-heading = Este botón ha caducado
notice-expired-text = No se ha cambiado nada. Si cree que otra persona usa su cuenta, elija una contraseña nueva: eso cierra la sesión de todas las demás personas.
notice-unknown-text = Puede que el programa de correo haya cortado una parte o que el enlace sea antiguo. Si cree que otra persona usa su cuenta, elija una contraseña nueva: eso cierra la sesión de todas las demás personas.

# After the button, where no link can follow
notice-disputed-subject = Acuda a la administración del programa para continuar
notice-disputed-subject-support = Pida ayuda para continuar
notice-disputed-preview = Se ha cerrado la sesión de todo el mundo en su cuenta.
notice-disputed-lead = Nos ha dicho que no fue usted, así que hemos cerrado todas las sesiones de { $account }.
notice-disputed-questions = La contraseña actual y las respuestas a sus preguntas de seguridad han dejado de servir. Su organización hace una de estas preguntas antes de restablecer una contraseña, así que ahora ningún enlace puede ayudarle. La administración del programa puede enviarle uno que funciona sin la pregunta.
notice-disputed-factor = La contraseña actual, el segundo paso y los códigos de recuperación han dejado de servir, porque puede haberlos puesto otra persona. Un buzón por sí solo no debe abrir una cuenta que tenía un segundo paso, así que ahora ningún enlace puede ayudarle. La administración puede enviarle uno.
notice-disputed-no-questions = Su contraseña funciona como antes: nadie ha entrado. Su organización hace una de sus preguntas de seguridad antes de restablecer una contraseña, y esta cuenta no tiene ninguna, así que ningún enlace puede ayudarle a obtener una nueva. La administración del programa puede enviarle uno que funciona sin la pregunta.
notice-disputed-shared = Varias personas comparten esta cuenta, así que su contraseña se mantiene hasta que la administración del programa la cambie.
notice-disputed-elsewhere = Usted inicia sesión por medio de { $organization }, así que su contraseña se guarda allí y solo allí pueden cambiarla. Avise también a su centro de asistencia o a su departamento de informática.
notice-disputed-disabled = Esta cuenta se ha desactivado, así que una contraseña nueva no serviría de nada.
notice-disputed-suspended = La página de inicio de sesión de { $organization } no funciona. Hasta que vuelva a funcionar, las contraseñas se establecen por medio de un segundo buzón, y esta cuenta ya no tiene ninguno: el que se hubiera indicado antes no cuenta, porque puede haberlo indicado otra persona. La administración del programa puede ayudarle.
notice-disputed-address = La dirección de la cuenta cambió, y esta no es una dirección confirmada de ella, así que no podemos enviarle ningún enlace. Solo la administración del programa puede corregir una dirección; le hemos comunicado que no fue usted.
notice-disputed-address-to-support = La dirección de la cuenta cambió, y esta no es una dirección confirmada de ella, así que no podemos enviarle ningún enlace. Solo el equipo de asistencia de este servicio puede corregir una dirección; le hemos comunicado que no fue usted.
notice-disputed-address-to-nobody = La dirección de la cuenta cambió, y esta no es una dirección confirmada de ella, así que no podemos enviarle ningún enlace. Solo quien gestiona este servicio puede corregir una dirección, y no había nadie a quien pudiéramos comunicárselo: póngase usted en contacto.

# To the administrators, when the button was pressed at an address that is the account's no more
notice-reported-subject = { $name } impugna un cambio de dirección
notice-reported-preview = Hable con la persona antes de que se cambie nada más.
notice-reported-lead = Ha cambiado la dirección de una cuenta de su organización. Quien lee el correo de { $told } dice que no lo ha pedido. Hemos cerrado todas las sesiones de la cuenta y no hemos cambiado nada más.
notice-reported-present-subject = { $name } dice: no fui yo
notice-reported-present-lead = Nadie ha confirmado todavía que { $told }, la dirección de una cuenta de su organización, sea de su titular. Quien lee el correo de esa dirección dice que algo de lo que le avisamos no fue obra suya. Hemos cerrado todas las sesiones de la cuenta y no hemos cambiado nada más.
notice-reported-organization = Organización
notice-reported-by = Comunicado desde el buzón
notice-reported-now = Dirección actual de la cuenta
notice-reported-next = Hable con la persona por un medio que usted ya conozca, y no respondiendo a un correo. Si la dirección es incorrecta, pida a quienes gestionan este servicio que la corrijan; hasta entonces puede hacer que se desactive la cuenta.

# To an address that has just become an account's
notice-assigned-subject = Esta es ahora la dirección de su cuenta
notice-assigned-preview = Inicie sesión una vez para confirmar que es suya.
notice-assigned-lead = A partir de ahora, el correo sobre su cuenta de { $organization } va a { $address }.
notice-assigned-next = Inicie sesión una vez. Entonces le enviaremos un código que confirma que esta dirección es suya; antes no enviamos aquí ningún enlace que abra la cuenta.
notice-assigned-not-you = Si no tiene allí ninguna cuenta, alguien ha escrito mal una dirección. No tiene que hacer nada; si lo desea, avísenos.

# A second mailbox was confirmed, or taken away
notice-second-subject = Se ha confirmado un segundo buzón
notice-second-preview = Si fue usted, todo está bien.
notice-second-lead = { $second } es ahora el segundo buzón de { $account }: con él y con este se puede establecer una contraseña nueva cuando la página de inicio de sesión de su organización no funciona. Si fue usted, todo está bien.
notice-second-not-you = Si no fue usted, use este botón ahora: también quita ese buzón.
notice-second-gone-subject = Se ha quitado su segundo buzón
notice-second-gone-preview = Si fue usted, todo está bien.
notice-second-gone-lead = { $account } ya no tiene segundo buzón. Si fue usted, todo está bien. Sin él, solo la administración del programa puede ayudarle cuando la página de inicio de sesión de su organización no funciona.
notice-second-gone-not-you = Si no fue usted, use este botón ahora e indique de nuevo su segundo buzón.

# The second step
notice-factor-passkey-added-subject = Se ha añadido una llave de acceso a su cuenta
notice-factor-passkey-added-preview = Si fue usted, todo está bien.
notice-factor-passkey-added-lead = Se ha añadido una llave de acceso a { $account }: quien tenga ese dispositivo y pueda desbloquearlo puede iniciar sesión con ella. Si fue usted, todo está bien, y se ha cerrado su sesión en todos los demás lugares.
notice-factor-passkey-added-not-you = Si no fue usted, use este botón ahora: quita también esa llave de acceso.
notice-factor-passkey-removed-subject = Se ha quitado una llave de acceso de su cuenta
notice-factor-passkey-removed-preview = Si fue usted, todo está bien.
notice-factor-passkey-removed-lead = Se ha quitado una llave de acceso de { $account }, y ya no sirve para iniciar sesión. Si fue usted, todo está bien, y se ha cerrado su sesión en todos los demás lugares.
notice-factor-passkey-removed-not-you = Si no fue usted, use este botón ahora.
notice-factor-set-up-subject = Se ha configurado un segundo paso para su cuenta
notice-factor-set-up-preview = Si fue usted, todo está bien.
notice-factor-set-up-lead = A partir de ahora, para iniciar sesión como { $account } hace falta un código de una aplicación de autenticación. Si fue usted, todo está bien.
notice-factor-set-up-not-you = Si no fue usted, alguien conoce su contraseña y esa aplicación es suya. Use este botón ahora: quita también la aplicación.
notice-factor-replaced-subject = El segundo paso de su cuenta ha cambiado
notice-factor-replaced-preview = Si fue usted, todo está bien.
notice-factor-replaced-lead = Se ha configurado otra aplicación de autenticación para { $account }. La anterior y los códigos de recuperación anteriores ya no sirven. Si fue usted, todo está bien.
notice-factor-replaced-not-you = Si no fue usted, use este botón ahora: quita también la aplicación nueva.
notice-factor-new-codes-subject = Se han creado códigos de recuperación nuevos para su cuenta
notice-factor-new-codes-preview = Si fue usted, todo está bien.
notice-factor-new-codes-lead = Se han creado diez códigos de recuperación nuevos para { $account }. Los anteriores ya no sirven. Si fue usted, todo está bien.
notice-factor-new-codes-not-you = Si no fue usted, use este botón ahora: hace inservibles también los códigos nuevos.
notice-factor-code-used-subject = Se ha usado un código de recuperación
notice-factor-code-used-preview = Si fue usted, todo está bien.
notice-factor-code-used-lead = Alguien ha usado uno de los códigos de recuperación de { $account }. Códigos que quedan: { $left }. Si fue usted, todo está bien. Cree códigos nuevos, o vuelva a configurar su aplicación, antes de que no quede ninguno.
notice-factor-code-used-not-you = Si no fue usted, alguien tiene sus códigos. Use este botón ahora: hace inservibles también los demás códigos.
notice-factor-removed-subject = Se ha quitado el segundo paso de su cuenta
notice-factor-removed-preview = Puede iniciar sesión con su contraseña y configurar otro.
notice-factor-removed-lead = Se ha quitado el segundo paso de { $account }, como se había anunciado, y se han cerrado todas las sesiones. Inicie sesión con su contraseña; si su organización exige un segundo paso, entonces configurará otro.
notice-factor-removed-not-you = Si no lo pidió usted, use este botón ahora y avise a su administración.
notice-factor-reset-begun-subject = Su segundo paso se va a quitar
notice-factor-reset-begun-preview = Si no lo pidió usted, puede impedirlo hasta el { $due }.
notice-factor-reset-begun-lead = Se ha comunicado a la administración que el teléfono y los códigos de recuperación de { $account } se han perdido. El segundo paso se quita el { $due }. Si lo pidió usted, no tiene que hacer nada: inicie sesión después. Si antes encuentra su teléfono, simplemente úselo.
notice-factor-reset-begun-not-you = Si no lo pidió usted, alguien intenta entrar en su cuenta. Use este botón ahora.
notice-factor-reset-stopped-subject = Su segundo paso se mantiene
notice-factor-reset-stopped-preview = No se quita.
notice-factor-reset-stopped-lead = El segundo paso de { $account } se iba a quitar, y eso se ha impedido: sirve como antes.
notice-factor-reset-stopped-not-you = Si ha perdido su teléfono y no puede iniciar sesión, pregunte de nuevo a su administración. Si otra persona usó su cuenta, use este botón.

# Se descargó todo lo que se guarda
notice-exported-subject = Se han descargado sus datos
notice-exported-preview = Si fue usted, todo está bien.
notice-exported-lead = Alguien que tiene la sesión abierta como { $account } ha descargado todo lo que guardamos: nombres y direcciones, sesiones, accesos y lo que ha ocurrido últimamente. No contiene ninguna contraseña ni respuesta. Si fue usted, todo está bien.
notice-exported-not-you = Si no fue usted, alguien usa su cuenta. Use este botón ahora.
