"""Sentences that call for care, and those that only sound like it: what the list that the site begins with is for."""

IN_DANGER = {
    "en": """
I want to kill myself tonight, I have the pills ready
I want to kill myself
i wanna kill my self
I WANT TO KILL MYSELF
I’ve been thinking about killing myself for weeks
I am going to kill myself
He says he will kill himself if I leave
My sister wants to kill herself and I do not know what to do
My brother told me he wants to die
I just want to die
I really want to die, please help
I honestly just wanna die
I keep wanting to die
I wish I was dead
I wish I were dead
I wish I had never been born
I hope I don't wake up tomorrow
I want to fall asleep and never wake up
I don't want to live anymore
I do not want to live any more.
I don’t want to be alive
I no longer want to live
I don't want to exist
I don't want to be here anymore
I want to end my life
I am ending my life tonight
I'm planning to end it all
She said she wants to take her own life
I could take my own life and nobody would notice
I want to commit suicide
I have been thinking about suicide a lot
I am considering suicide
My friend is threatening suicide
I feel suicidal
I'm suicidal and alone
My husband is suicidal
I have suicidal thoughts every night
There is no reason to live
I have no reason left to live
I see no point in living
What's the point of living
I have nothing left to live for
My life is not worth living
Life isn't worth living
I can't go on living
I cannot go on anymore
I'm so tired of living
I am tired of being alive
I want it all to end
I just want it all to stop
They would all be better off without me
My kids would be better off without me
Everyone would be happier if I was dead
Nobody would care if I died
No one would notice if I disappeared
This is my last post. Goodbye.
I am writing my goodbye letter
I wrote a suicide note
By the time you read this I will be gone
What is the most painless way to die
I have the pills ready
I took all my pills
I just swallowed a whole bottle of pills
I have taken too many pills
I took an overdose an hour ago
I am going to overdose
My roommate has overdosed
I want to hang myself
I'm going to slit my wrists
She is cutting her wrists
I want to shoot myself
I will jump off a bridge
I am standing on the roof and want to jump off the building
I want to jump in front of a train
I want to throw myself in front of a car
I am going to drive my car into a tree
He has a gun to his head
I have the urge to hurt myself
I am scared I will hurt myself
I keep cutting myself
I started to self-harm again
I won't be alive tomorrow
I won't be here tomorrow
I don't know if I'll make it through the night
i want to unalive myself
gonna kms
He threatened to kill me
My ex tried to strangle me
I'm afraid he will kill me
I am afraid I will hurt my baby
He is not breathing
kill yourself
""",
    "es": """
Quiero matarme
Me quiero matar
me voy a matar esta noche
Quiero suicidarme
Me voy a suicidar
Pienso en el suicidio todos los días
Tengo pensamientos suicidas
Tengo ideas suicidas
Quiero quitarme la vida
Voy a acabar con mi vida
Quiero terminar con mi vida
Quiero acabar con todo
Quiero poner fin a mi vida
Quiero morir
Quiero morirme
Me quiero morir
Solo quiero morir
Tengo ganas de morir
Tengo ganas de morirme
Ojalá estuviera muerta
Ojalá no despertara
Ojalá me muriera
Ojalá no hubiera nacido
Quiero dormirme y no despertar
No quiero vivir
No quiero vivir más
Ya no quiero vivir
No quiero seguir viviendo
Ya no quiero estar viva
No quiero estar aquí más
No puedo seguir viviendo
Estoy cansado de vivir
No vale la pena vivir
No merece la pena seguir viviendo
No tengo razones para vivir
No tengo motivos para seguir viviendo
Mi vida no tiene sentido
Estarían mejor sin mí
Todos estarían mejor sin mí
Estaría mejor muerto
A nadie le importa si me muero
Quiero cortarme las venas
Me quiero ahorcar
Voy a ahorcarme
Quiero tirarme por la ventana
Voy a tirarme de un puente
Me voy a tirar al tren
Quiero pegarme un tiro
Tengo las pastillas listas
Me he tomado todas las pastillas
Me tomé todas las pastillas
Voy a tomarme un bote de pastillas
Tomé una sobredosis
Estoy escribiendo una carta de despedida
Esta es mi última noche
Cuando leas esto ya no estaré
Adiós mundo
Quiero hacerme daño
Tengo ganas de cortarme
Mi hermano se quiere matar
Mi hija se quiere suicidar
Mi amigo intentó suicidarse anoche
Amenaza con matarse
Tengo miedo de que me mate
No respira
""",
}

IN_NO_DANGER = {
    "en": """
This job is killing me
My feet are killing me
You are killing it at work
He killed it on stage last night
I am dying to know what you think
I'm dying for a coffee
I nearly died laughing
I was so embarrassed I could have died
I just want to die of embarrassment
That joke killed me
My mom is going to kill me if I come home late
My boss will kill me
I could kill for a pizza
How do I kill time at the airport
We killed the lights and went to bed
My phone is about to die
The battery died
My plants keep dying
My grandmother died last year and I miss her
My dog is dying and I feel so sad
I am afraid of dying
I don't want to die
I do not want to kill anybody's joy
He committed to the relationship
I want to end my marriage
I want to end this relationship
I ended it with him last week
I want to end my contract. My life is fine
It was a long evening, in the end, my life went on
I want to take my life back
I take my life seriously
I need to get my life together
I don't want to live with my parents anymore
I don't want to live in this city
I don't want to live together yet
I don't want to be here in this job anymore
I can't do this anymore
I can't go on like this at work
I feel hopeless and sad
I feel empty since she left
I cried all night
I hate my life sometimes
I am so lonely
I feel worthless after the exam
I am depressed and do not know where to begin
I have panic attacks and can't breathe
I am tired all the time
I'm sick and tired of living with my in-laws
I am tired of living out of a suitcase
What is the point of dating apps
There is no reason to worry
I have a reason to live again
Therapy gave me back a reason to live
I survived a hard year and I am glad I am alive
Career suicide?
We watched Suicide Squad
I'd rather die than go to that party
She would be better off without him
He is better off without his old friends
Go jump in a lake
I shot myself in the foot with that remark
I need to cut myself some slack
I cut myself shaving
He cut his finger
I hang out with myself most evenings
I hang up my clothes
I drown myself in work
I take my pills every morning
Are these sleeping pills safe
How many pills are in a pack
The doctor gave me new tablets
I worry that I overdid it
The bridge was closed
We jumped in the car
The train was late
Is the book "Killing Me Softly" good
You kill me with your jokes
I want a life of my own
Long goodbye letters are hard to read
This is my last week at work
My last day at the office is Friday
Nobody would care if I quit
No one noticed that I was gone for an hour
I don't want to wake up early
I want to sleep through the night
How do I make it through the week
My deadline is killing my weekend
Deadlines make me want to scream
I died inside when he said that
The skill myself and my friends want is cooking
I will hang the picture myself
She hurt my feelings
He hurts me with his words
I hurt my back
Would I harm my career by saying no
This heat will be the death of me
I have to end the call
Life is hard but worth it
I feel like crying
""",
    "es": """
Este trabajo me está matando
Mi madre me va a matar si llego tarde
Me muero de hambre
Me muero de ganas de verte
Me muero por un café
Me quiero morir de vergüenza
Casi me muero de risa
Quiero matar el tiempo
Me mata la curiosidad
Me voy a matar a trabajar
No quiero vivir con mis padres
No quiero vivir en esta ciudad
Ya no quiero vivir con él
Estoy cansada de vivir con mi suegra
Quiero terminar con mi novio
Quiero acabar con esta relación
Quiero acabar con el contrato
Quiero rehacer mi vida
Mi abuela murió el año pasado
Mi perro se está muriendo
Tengo miedo a morir
No quiero morir
Estoy triste y no sé qué hacer
Me siento sola
Me siento vacío
Lloro todas las noches
No puedo más con este trabajo
No aguanto a mi jefe
Estoy harto de todo
Odio mi trabajo
Tomo mis pastillas cada mañana
Me corté el dedo cocinando
Me corté el pelo
El tren llegó tarde
Cruzamos el puente
La ventana está abierta
Es mi última semana en la oficina
Mañana no estaré en casa
Se acabó la batería
Suicidio profesional
La película Escuadrón suicida
Me duele mucho la cabeza
Te echo de menos
La despedida fue bonita
Tengo ganas de dormir
Tengo ganas de viajar
No tengo ganas de nada
Vale la pena intentarlo
La vida es dura
""",
}


def lines(of):
    """Return each sentence, one a line."""
    return [line for line in of.strip().splitlines() if line]
