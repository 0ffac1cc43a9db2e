provider-problem-heading = Por aquí no se puede entrar
provider-unreadable = La dirección que le ha traído aquí está dañada. Vuelva al producto y empiece de nuevo.
provider-no-client = No conocemos el producto que le ha enviado aquí. Ábralo desde sus productos o avise a quien lo gestiona.
provider-redirect = El producto que le ha enviado aquí quiere recibir la respuesta en una dirección que no ha registrado con nosotros, así que no le enviamos allí. Avise a quien lo gestiona.
provider-gone-heading = Este inicio de sesión ha esperado demasiado
provider-gone = Vuelva al producto y empiece de nuevo. Si empezó en otro navegador, continúe en él.

provider-consent-heading = ¿Iniciar sesión en { $client }?
provider-consent-text = { $client } ({ $host }) es de otra empresa. Si continúa, sabrá:
provider-consent-own = { $client } ({ $host }) pregunta quién es usted. Si continúa, sabrá:
provider-consent-openid = que es usted, cada vez que vuelva
provider-consent-profile = su nombre y su idioma
provider-consent-email = su dirección de correo electrónico
provider-consent-access = su organización, sus centros y lo que usted hace en ellos
provider-consent-products = qué otros productos puede abrir usted, y en qué centros
provider-consent-offline = y podrá volver a consultarlo cuando usted no esté, hasta que cierre sesión
provider-consent-allow = Permitir
provider-consent-deny = No permitir
provider-consent-hint = Nunca conocerá su contraseña.

provider-logout-heading = ¿Quiere cerrar sesión?
provider-logout-by = { $client } nos pide que cerremos su sesión. Con ello termina su sesión aquí, y se avisa a todos los productos que abrió desde ella.
provider-logout-text = Con ello termina su sesión aquí, y se avisa a todos los productos que abrió desde ella.
provider-logout-stay = Mantener la sesión
