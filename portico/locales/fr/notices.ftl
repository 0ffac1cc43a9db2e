# Notices of what was done to an account, each with a button.
notice-button = Ce n’était pas moi
notice-button-does = Il ferme toutes les sessions, rend inutilisable le mot de passe actuel, et vous envoie un lien pour en choisir un nouveau.
notice-button-ends = Il ferme toutes les sessions, rend inutilisable le mot de passe actuel, et vous envoie par e-mail qui peut vous aider à en obtenir un nouveau.
notice-button-link = Il ferme toutes les sessions, et vous envoie un lien pour choisir un nouveau mot de passe. L’actuel fonctionne jusqu’à ce que vous en ayez choisi un autre.
notice-button-asks = Il ferme toutes les sessions, et vous envoie par e-mail qui peut vous aider à continuer.
notice-button-reports = Il ferme toutes les sessions, signale à l’administration de votre organisation que ce n’était pas vous, s’il s’y trouve quelqu’un d’autre que vous, et vous envoie par e-mail à qui vous adresser.
notice-button-stops = Il arrête cela, et ne change rien d’autre.
notice-button-life = Le bouton fonctionne une fois, pendant { $days } jours. Il affiche d’abord une page qui dit ce qui va se passer.
notice-when = Quand
notice-where = Depuis
notice-browser = Navigateur
notice-by = Par
notice-by-us = L’équipe qui gère { $brand }

# The password was changed
notice-password-subject = Votre mot de passe a été modifié
notice-password-preview = Si c’était vous, tout va bien.
notice-password-lead = Le mot de passe de { $account } a été modifié. Si c’était vous, tout va bien, et vos sessions ont été fermées partout ailleurs.
notice-password-not-you = Si ce n’était pas vous, utilisez ce bouton maintenant.

# The address was changed, to the old one
notice-email-subject = Votre adresse e-mail a été modifiée
notice-email-preview = Les e-mails au sujet de votre compte vont désormais à une autre adresse.
notice-email-lead = Les e-mails au sujet de { $account } allaient à { $old }. Ils vont désormais à une autre adresse. Si c’est vous qui l’avez modifiée, tout va bien.
notice-email-not-you = Si ce n’était pas vous et que cela ne vous dit rien, utilisez ce bouton maintenant, et prévenez l’administration du programme : elle seule peut rétablir votre adresse.

# The security questions were changed
notice-questions-subject = Vos questions de sécurité ont été modifiées
notice-questions-preview = Si c’était vous, tout va bien.
notice-questions-lead = Les questions de sécurité de { $account }, ou leurs réponses, ont été modifiées. Si c’était vous, tout va bien.
notice-questions-not-you = Si ce n’était pas vous, utilisez ce bouton maintenant.

# The security questions were answered
notice-answered-subject = Quelqu’un a répondu à vos questions de sécurité
notice-answered-preview = Si c’était vous, tout va bien.
notice-answered-lead = Quelqu’un qui veut un nouveau mot de passe pour { $account } a répondu à ses questions de sécurité, et peut maintenant en choisir un pendant { $minutes } minutes. Si c’était vous, tout va bien.
notice-answered-not-you = Si ce n’était pas vous, quelqu’un connaît vos réponses. Utilisez ce bouton maintenant : cette personne ne pourra alors plus choisir de mot de passe.

# A sign-in in a browser the account is not known in
notice-linked-subject = Votre compte est relié à la connexion de votre organisation
notice-linked-preview = Désormais, vous vous connectez avec votre organisation.
notice-linked-lead = Quelqu’un s’est connecté chez { $connection } avec l’adresse e-mail de { $account }, et les deux sont désormais reliés : qui se connecte là-bas en tant que cette personne peut entrer ici. Si c’était vous, tout va bien.
notice-linked-not-you = Si ce n’était pas vous, utilisez ce bouton maintenant, et prévenez le centre d’assistance de votre organisation.

notice-new-browser-subject = Connexion à votre compte depuis un nouveau navigateur
notice-new-browser-preview = Si c’était vous, tout va bien.
notice-new-browser-lead = Quelqu’un s’est connecté en tant que { $account } dans un navigateur que nous ne vous avions jamais vu utiliser. Si c’était vous, tout va bien : nous reconnaîtrons ce navigateur la prochaine fois.
notice-new-browser-not-you = Si ce n’était pas vous, quelqu’un connaît votre mot de passe. Utilisez ce bouton maintenant.

# Sign-in is paused
mail-lock-subject = Votre compte est verrouillé pour un moment
mail-lock-preview = Jusqu’au { $until }, ou jusqu’à ce que vous choisissiez un nouveau mot de passe.
mail-lock-preview-wait = Jusqu’au { $until }.
mail-lock-lead = Plusieurs mots de passe erronés ont été saisis pour { $account } : nous avons donc verrouillé ce compte jusqu’au { $until }. Les navigateurs que vous avez déjà utilisés peuvent continuer de fonctionner.
mail-lock-lead-codes = Plusieurs codes erronés ont été saisis pour { $account }, chacun après le bon mot de passe : nous n’acceptons donc plus de codes jusqu’au { $until }. Les navigateurs que vous avez déjà utilisés peuvent continuer de fonctionner.
mail-lock-subject-answers = Vos questions de sécurité sont désactivées pour un moment
mail-lock-lead-answers = Plusieurs réponses erronées ont été données aux questions de sécurité de { $account } : nous n’en acceptons donc plus jusqu’au { $until }. Votre mot de passe fonctionne comme avant.
mail-lock-you-answers = Si c’était vous et qu’il vous faut un nouveau mot de passe, ce qui fonctionne maintenant est le lien de cet e-mail, ou un lien que vous demandez.
mail-lock-not-you-answers = Si ce n’était pas vous, votre compte est toujours en sécurité : personne n’est entré, et vous n’avez rien à faire. Si vous préférez ne prendre aucun risque, il y a un bouton pour cela.
mail-lock-you = Si c’était vous, vous pouvez attendre, ou choisir un nouveau mot de passe : cela déverrouille aussitôt le compte.
mail-lock-wait = Si c’était vous, attendez, ou demandez de l’aide à l’administration du programme. Aucun lien ne peut réinitialiser le mot de passe de ce compte.
mail-lock-wait-codes = Si c’était vous, attendez jusque-là, et vérifiez que votre téléphone est à l’heure : les codes en dépendent.
mail-lock-button = Réinitialiser le mot de passe
mail-lock-not-you = Si ce n’était pas vous, votre mot de passe est toujours en sécurité : personne n’est entré, et vous n’avez rien à faire. Si vous préférez ne prendre aucun risque, il y a un bouton pour cela.
mail-lock-not-you-codes = Si ce n’était pas vous, quelqu’un connaît votre mot de passe. Personne n’est entré, mais utilisez ce bouton maintenant.
mail-lock-life = Le lien fonctionne une fois, pendant { $minutes } minutes.

# The page behind the button
notice-page-heading = Ce n’était pas vous ?
notice-page-about = Il s’agit de
notice-page-lead = Quand vous appuyez sur le bouton :
notice-page-out = Toutes les sessions sont fermées, sur tous les appareils ; la vôtre aussi.
notice-page-password = Le mot de passe actuel cesse de fonctionner.
notice-page-answers = Les réponses à vos questions de sécurité cessent de fonctionner.
notice-page-factors = La seconde étape est retirée, avec les codes de secours : qui l’a configurée ne peut plus l’utiliser.
notice-page-stop = Votre seconde étape reste comme elle est.
notice-page-tells = Nous vous confirmons par e-mail que c’est arrêté.
notice-page-report = Nous signalons à l’administration de votre organisation que ce n’était pas vous.
notice-page-report-support = Nous signalons à l’équipe d’assistance de ce service que ce n’était pas vous.
notice-page-mail = Nous envoyons un lien pour choisir un nouveau mot de passe à
notice-page-ask = Nous envoyons un e-mail qui dit qui peut vous aider à continuer à
notice-page-fine = C’était bien vous, finalement ? Fermez simplement cette page. Rien n’a changé jusqu’ici.
notice-page-reset = Réinitialiser le mot de passe
notice-page-again = Demander un autre e-mail
notice-done-heading = C’est fait
notice-done-text = Toutes les sessions ont été fermées, et un e-mail qui dit comment continuer a été envoyé à
notice-done-stopped = La seconde étape reste comme elle est, et un e-mail le confirme. Dites à votre administration que ce n’était pas vous qui l’aviez demandé.
notice-done-ask = Aucun lien par e-mail ne peut maintenant définir un nouveau mot de passe pour ce compte. L’administration du programme ou la personne titulaire de la licence de votre organisation peut vous aider : l’e-mail dit de qui il s’agit.
notice-done-report = Nous avons signalé à l’administration de votre organisation que ce n’était pas vous. Parlez-lui : l’e-mail dit à qui vous adresser, et elle seule peut corriger une adresse.
notice-done-report-support = Nous avons signalé à l’équipe d’assistance de ce service que ce n’était pas vous. Elle seule peut corriger une adresse.
notice-done-report-nobody = Il n’y a personne à qui nous ayons pu le signaler. Parlez avec l’équipe qui gère ce service pour votre organisation : elle seule peut corriger une adresse.
notice-expired-heading = Ce bouton a expiré
notice-expired-text = Rien n’a été modifié. Si vous pensez que quelqu’un d’autre utilise votre compte, choisissez un nouveau mot de passe : cela ferme les sessions de toutes les autres personnes.
notice-unknown-text = Le logiciel de messagerie en a peut-être coupé une partie, ou le lien est ancien. Si vous pensez que quelqu’un d’autre utilise votre compte, choisissez un nouveau mot de passe : cela ferme les sessions de toutes les autres personnes.

# After the button, where no link can follow
notice-disputed-subject = Adressez-vous à l’administration du programme pour continuer
notice-disputed-subject-support = Demandez de l’aide pour continuer
notice-disputed-preview = Toutes les sessions de votre compte ont été fermées.
notice-disputed-lead = Vous nous avez dit que ce n’était pas vous : toutes les sessions de { $account } ont donc été fermées.
notice-disputed-questions = Le mot de passe actuel et les réponses à vos questions de sécurité ont cessé de fonctionner. Votre organisation pose l’une de ces questions avant de réinitialiser un mot de passe : aucun lien ne peut donc vous aider maintenant. L’administration du programme peut vous en envoyer un qui fonctionne sans la question.
notice-disputed-factor = Le mot de passe actuel, la seconde étape et les codes de secours ont cessé de fonctionner, parce que quelqu’un d’autre les a peut-être mis en place. Une boîte mail seule ne doit pas ouvrir un compte qui avait une seconde étape, si bien qu’aucun lien ne peut vous aider maintenant. L’administration peut vous en envoyer un.
notice-disputed-no-questions = Votre mot de passe fonctionne comme avant : personne n’est entré. Votre organisation pose l’une de vos questions de sécurité avant de réinitialiser un mot de passe, et ce compte n’en a aucune : aucun lien ne peut donc vous aider à en obtenir un nouveau. L’administration du programme peut vous en envoyer un qui fonctionne sans la question.
notice-disputed-shared = Plusieurs personnes partagent ce compte : son mot de passe reste donc le même jusqu’à ce que l’administration du programme le change.
notice-disputed-elsewhere = Vous vous connectez par l’intermédiaire de { $organization } : votre mot de passe y est donc conservé, et ne peut être changé que là. Prévenez aussi son centre d’assistance ou son service informatique.
notice-disputed-disabled = Ce compte a été désactivé : un nouveau mot de passe ne servirait à rien.
notice-disputed-suspended = La page de connexion de { $organization } est en panne. Jusqu’à son retour, un mot de passe se définit au moyen d’une seconde boîte mail, et ce compte n’en a plus : une boîte indiquée auparavant ne compte plus, car quelqu’un d’autre l’a peut-être indiquée. L’administration du programme peut vous aider.
notice-disputed-address = Son adresse a été modifiée, et celle-ci n’en est pas une adresse confirmée : nous ne pouvons donc pas vous envoyer de lien. Seule l’administration du programme peut corriger une adresse ; nous lui avons signalé que ce n’était pas vous.
notice-disputed-address-to-support = Son adresse a été modifiée, et celle-ci n’en est pas une adresse confirmée : nous ne pouvons donc pas vous envoyer de lien. Seule l’équipe d’assistance de ce service peut corriger une adresse ; nous lui avons signalé que ce n’était pas vous.
notice-disputed-address-to-nobody = Son adresse a été modifiée, et celle-ci n’en est pas une adresse confirmée : nous ne pouvons donc pas vous envoyer de lien. Seule l’équipe qui gère ce service peut corriger une adresse, et il n’y avait personne à qui nous aurions pu le signaler : parlez-lui vous-même.

# To the administrators, when the button was pressed at an address that is the account's no more
notice-reported-subject = { $name } conteste un changement d’adresse
notice-reported-preview = Parlez avec la personne avant toute autre modification.
notice-reported-lead = L’adresse d’un compte de votre organisation a été modifiée. La personne qui lit les e-mails de { $told } dit ne pas l’avoir demandé. Nous avons fermé toutes les sessions du compte, et n’avons rien modifié d’autre.
notice-reported-present-subject = { $name } dit : ce n’était pas moi
notice-reported-present-lead = Personne n’a encore confirmé que { $told }, l’adresse d’un compte de votre organisation, est celle de son titulaire. La personne qui y lit les e-mails dit qu’une action que nous lui avons annoncée ne venait pas d’elle. Nous avons fermé toutes les sessions du compte, et n’avons rien modifié d’autre.
notice-reported-organization = Organisation
notice-reported-by = Signalé depuis la boîte mail
notice-reported-now = Adresse actuelle du compte
notice-reported-next = Parlez avec la personne, par un moyen que vous connaissez déjà et non en répondant à un e-mail. Si l’adresse est erronée, demandez à l’équipe qui gère ce service de la corriger ; d’ici là, vous pouvez faire désactiver le compte.

# To an address that has just become an account's
notice-assigned-subject = C’est désormais l’adresse de votre compte
notice-assigned-preview = Connectez-vous une fois pour confirmer qu’elle est la vôtre.
notice-assigned-lead = Les e-mails au sujet de votre compte chez { $organization } vont désormais à { $address }.
notice-assigned-next = Connectez-vous une fois. Nous vous enverrons alors un code qui confirme que cette adresse est la vôtre ; avant cela, nous n’envoyons ici aucun lien qui ouvre le compte.
notice-assigned-not-you = Si vous n’avez pas de compte là-bas, quelqu’un a mal saisi une adresse. Vous n’avez rien à faire ; si vous le souhaitez, prévenez-nous.

# A second mailbox was confirmed, or taken away
notice-second-subject = Une seconde boîte mail a été confirmée
notice-second-preview = Si c’était vous, tout va bien.
notice-second-lead = { $second } est désormais la seconde boîte mail de { $account } : avec elle et celle-ci, un nouveau mot de passe peut être défini quand la page de connexion de votre organisation est en panne. Si c’était vous, tout va bien.
notice-second-not-you = Si ce n’était pas vous, utilisez ce bouton maintenant : il retire aussi cette boîte mail.
notice-second-gone-subject = Votre seconde boîte mail a été retirée
notice-second-gone-preview = Si c’était vous, tout va bien.
notice-second-gone-lead = { $account } n’a plus de seconde boîte mail. Si c’était vous, tout va bien. Sans elle, seule l’administration du programme peut vous aider quand la page de connexion de votre organisation est en panne.
notice-second-gone-not-you = Si ce n’était pas vous, utilisez ce bouton maintenant, et indiquez de nouveau votre seconde boîte mail.

# The second step
notice-factor-passkey-added-subject = Une clé d’accès a été ajoutée à votre compte
notice-factor-passkey-added-preview = Si c’était vous, tout va bien.
notice-factor-passkey-added-lead = Une clé d’accès a été ajoutée à { $account } : qui a cet appareil, et peut le déverrouiller, peut se connecter avec elle. Si c’était vous, tout va bien, et vos sessions ont été fermées partout ailleurs.
notice-factor-passkey-added-not-you = Si ce n’était pas vous, utilisez ce bouton maintenant : il retire aussi cette clé d’accès.
notice-factor-passkey-removed-subject = Une clé d’accès a été retirée de votre compte
notice-factor-passkey-removed-preview = Si c’était vous, tout va bien.
notice-factor-passkey-removed-lead = Une clé d’accès de { $account } a été retirée, et ne permet plus à personne de se connecter. Si c’était vous, tout va bien, et vos sessions ont été fermées partout ailleurs.
notice-factor-passkey-removed-not-you = Si ce n’était pas vous, utilisez ce bouton maintenant.
notice-factor-set-up-subject = Une seconde étape a été configurée pour votre compte
notice-factor-set-up-preview = Si c’était vous, tout va bien.
notice-factor-set-up-lead = Désormais, se connecter en tant que { $account } demande un code d’une application d’authentification. Si c’était vous, tout va bien.
notice-factor-set-up-not-you = Si ce n’était pas vous, quelqu’un connaît votre mot de passe, et cette application est à cette personne. Utilisez ce bouton maintenant : il retire aussi l’application.
notice-factor-replaced-subject = La seconde étape de votre compte a été modifiée
notice-factor-replaced-preview = Si c’était vous, tout va bien.
notice-factor-replaced-lead = Une autre application d’authentification a été configurée pour { $account }. L’ancienne, et les anciens codes de secours, ne fonctionnent plus. Si c’était vous, tout va bien.
notice-factor-replaced-not-you = Si ce n’était pas vous, utilisez ce bouton maintenant : il retire aussi la nouvelle application.
notice-factor-new-codes-subject = De nouveaux codes de secours ont été créés pour votre compte
notice-factor-new-codes-preview = Si c’était vous, tout va bien.
notice-factor-new-codes-lead = Dix nouveaux codes de secours ont été créés pour { $account }. Les anciens ne fonctionnent plus. Si c’était vous, tout va bien.
notice-factor-new-codes-not-you = Si ce n’était pas vous, utilisez ce bouton maintenant : il rend inutilisables aussi les nouveaux codes.
notice-factor-code-used-subject = Un code de secours a été utilisé
notice-factor-code-used-preview = Si c’était vous, tout va bien.
notice-factor-code-used-lead = Quelqu’un a utilisé l’un des codes de secours de { $account }. Codes restants : { $left }. Si c’était vous, tout va bien. Créez-en de nouveaux, ou configurez de nouveau votre application, avant qu’il n’en reste plus.
notice-factor-code-used-not-you = Si ce n’était pas vous, quelqu’un a vos codes. Utilisez ce bouton maintenant : il rend inutilisables aussi les autres codes.
notice-factor-removed-subject = La seconde étape de votre compte a été retirée
notice-factor-removed-preview = Vous pouvez vous connecter avec votre mot de passe, et en configurer une autre.
notice-factor-removed-lead = La seconde étape de { $account } a été retirée, comme annoncé, et toutes les sessions ont été fermées. Connectez-vous avec votre mot de passe ; si votre organisation exige une seconde étape, vous en configurerez alors une autre.
notice-factor-removed-not-you = Si vous ne l’avez pas demandé, utilisez ce bouton maintenant, et prévenez votre administration.
notice-factor-reset-begun-subject = Votre seconde étape va être retirée
notice-factor-reset-begun-preview = Si vous ne l’avez pas demandé, vous pouvez l’arrêter jusqu’au { $due }.
notice-factor-reset-begun-lead = Il a été signalé à l’administration que le téléphone et les codes de secours de { $account } sont perdus. La seconde étape sera retirée le { $due }. Si vous l’avez demandé, vous n’avez rien à faire : connectez-vous après. Si vous retrouvez votre téléphone avant, utilisez-le, tout simplement.
notice-factor-reset-begun-not-you = Si vous ne l’avez pas demandé, quelqu’un essaie d’entrer dans votre compte. Utilisez ce bouton maintenant.
notice-factor-reset-stopped-subject = Votre seconde étape est conservée
notice-factor-reset-stopped-preview = Elle n’est pas retirée.
notice-factor-reset-stopped-lead = La seconde étape de { $account } allait être retirée, et cela a été arrêté : elle fonctionne comme avant.
notice-factor-reset-stopped-not-you = Si vous avez perdu votre téléphone et ne pouvez pas vous connecter, demandez de nouveau à votre administration. Si quelqu’un d’autre a utilisé votre compte, utilisez ce bouton.

# Tout ce qui est conservé a été téléchargé
notice-exported-subject = Vos données ont été téléchargées
notice-exported-preview = Si c’était vous, tout va bien.
notice-exported-lead = Quelqu’un dont la session est ouverte en tant que { $account } a téléchargé tout ce que nous conservons : noms et adresses, sessions, accès et ce qui est arrivé récemment. Aucun mot de passe et aucune réponse n’en fait partie. Si c’était vous, tout va bien.
notice-exported-not-you = Si ce n’était pas vous, quelqu’un utilise votre compte. Utilisez ce bouton maintenant.
