//! The words that say how strongly a clause binds: data for [`super::force`], in natural spelling.
//!
//! Adverbs between the words of an entry ("shall also, where appropriate, endeavour") need no entry of their own: see [`FILLERS`].

use crate::rules::Force::{self, BestEndeavours, Binding, Declaratory, Permissive};

/// What an entry does to the clause that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It governs the clause.
    Verb(Force),
    /// It governs only where its subject stands right before it: elsewhere it may be an infinitive or a noun.
    AfterSubject(Force),
    /// It governs what follows it, also as an infinitive; but not as one of several ("undertake to promote, encourage and facilitate"), nor
    /// when it is denied.
    Inner(Force),
    /// It opens a consideration ("Recognising that …, the Parties agree"), and governs only where no verb does.
    Participle,
    /// It states a purpose where the subject is an aim ("The objectives of this Chapter are to …"); elsewhere it has this force.
    Aim(Option<Force>),
    /// It takes the obligation of the whole sentence back.
    Softener,
}

use Role::{AfterSubject, Aim, Inner, Participle, Softener, Verb};

/// Entries by role, set apart by `|`.
pub const ENTRIES: &[(Role, &str)] = &[
    // English
    (
        Verb(BestEndeavours),
        "shall be sought | will be sought | endeavour | endeavor | shall endeavour | shall endeavor | will endeavour | will endeavor | strive | shall strive | will strive | \
         seek to | shall seek | will seek | should | shall encourage | will encourage | is encouraged | are encouraged | shall be \
         encouraged | will be encouraged | are invited to | is invited to | aim to | aim at | aims to | aims at | shall aim | will aim | \
         intend to | shall attempt | will attempt | shall try | will try | make every effort | make efforts | make all efforts | make all \
         reasonable efforts | make reasonable efforts | use all reasonable efforts | use reasonable efforts | do their utmost | do its \
         utmost | do their best | work toward | work towards | shall explore | will explore | agree to explore | agree to seek | agree to \
         endeavour | agree to endeavor | agree to consider | shall consider | will consider | give attention | give consideration | give \
         priority | pay attention | attention shall be given | attention shall be paid | attention will be given | attention will be paid \
         | attention must be given | attention must be paid | shall where appropriate | shall as appropriate",
    ),
    (Inner(BestEndeavours), "encourage"),
    (
        Verb(Binding),
        "shall | must | will | undertake | undertakes | commit to | commit themselves | commits itself | agree | agrees | is subject to | \
         are subject to | shall be to | annexed to | integral part | is incorporated | are incorporated | means a | means an | means any \
         | means the | retain | keep | reserve the right | hereby set up | hereby establish | reiterate their commitment | reiterates its commitment | is hereby established | does not prevent | do not prevent | does not preclude | do not preclude | does not apply | do \
         not apply | not apply | nothing in | exempt from | applies | apply to | neither party may | no party may | a party may not | may \
         not | may only",
    ),
    (AfterSubject(Binding), "respect | maintain | accord | grant | ensure | protect | guarantee"),
    (Aim(Some(Binding)), "are to | is to"),
    (Aim(None), "shall be | will be | is the | are the"),
    (Verb(Permissive), "may | could"),
    (
        Verb(Declaratory),
        "recognise | recognize | affirm | reaffirm | acknowledge | confirm | note | recall | recalls | stress | stresses | are mindful | is mindful | share the view | share the conviction | share the \
         objective | attach importance | attach great importance | are aware | are convinced | is understood | are conscious | underline \
         | emphasise | emphasize | agree on the importance | agree on the need | agree on the value | agree about the importance | agree \
         that it is | agree as to the importance | are of the view | are of the opinion",
    ),
    (
        Participle,
        "recognising | recognizing | affirming | reaffirming | acknowledging | noting | recalling | bearing in mind | desiring | desirous \
         | conscious of | mindful of | convinced | considering | having regard to | taking into account",
    ),
    (
        Softener,
        "to the extent possible | extent practicable | extent possible | where possible | where practicable | where feasible | as far as \
         possible | as far as practicable | wherever possible | best endeavours | best endeavors | best efforts",
    ),
    // French
    (
        Verb(BestEndeavours),
        "s'efforce | s'efforcent | s'efforcera | s'efforceront | s'efforcer | encouragent | encouragera | encourageront | visent à | vise \
         à | viseront à | viser à | cherchent à | cherche à | chercheront à | s'attachent à | s'attache à | s'attacheront à | devrait | \
         devraient | est encouragé | sont encouragés | sont encouragées | sont invitées à | mettent tout en œuvre | mettront tout en \
         œuvre | met tout en œuvre | font de leur mieux | feront de leur mieux | tout leur possible | envisagent | envisageront | \
         accordent une attention | prêtent une attention | tentent de | tâchent de",
    ),
    (AfterSubject(BestEndeavours), "encourage"),
    (
        Verb(Binding),
        "réitère son engagement | réitèrent leur engagement | s'engage | s'engagent | doit | doivent | devra | devront | convient | conviennent | conserve | conservent | sont tenues de | est \
         tenue de | ne s'applique | ne s'appliquent | n'empêche | ne fait pas obstacle | ne font pas obstacle | aucune disposition | aucune partie | rien dans | ne peut | ne peuvent | ne pourra | \
         ne pourront | peuvent pas | se réserve le droit | se réservent le droit | veille à | veillent à | veilleront à | est institué | \
         est établi | sont exclus | sont exclues | est exclu | fait partie intégrante | font partie intégrante | désigne | s'entend de",
    ),
    (Verb(Permissive), "peut | peuvent | pourra | pourront | pourrait | pourraient"),
    (Aim(None), "est de | sont de"),
    (
        Verb(Declaratory),
        "reconnaissent | reconnaît | rappellent | rappelle | réaffirment | réaffirme | affirment | affirme | confirment | confirme | soulignent | souligne | \
         notent | prennent acte | constatent | conviennent de l'importance | conviennent de la nécessité | conviennent qu'il est | sont \
         conscientes | sont convaincues | partagent l'avis | a pour objet | ont pour objet | a pour objectif | ont pour objectif | a pour \
         but | ont pour but | attachent une importance",
    ),
    (
        Participle,
        "reconnaissant | réaffirmant | affirmant | rappelant | considérant | notant | désireux | désireuses | conscients | conscientes de \
         | soulignant",
    ),
    (
        Softener,
        "dans la mesure du possible | dans toute la mesure du possible | autant que possible | dans la mesure où cela est possible | si \
         possible | meilleurs efforts",
    ),
    // Spanish
    (
        Verb(BestEndeavours),
        "procurará | procurarán | procuran | se esforzará | se esforzarán | se esfuerzan | alentará | alentarán | alientan | fomentará | \
         fomentarán | considerará | considerarán | buscará | buscarán | tratará de | tratarán de | propenderá | propenderán | propiciará \
         | propiciarán | estudiarán | explorarán | explorará | debería | deberían | harán esfuerzos | harán todos los esfuerzos | hará \
         todos los esfuerzos | harán todo lo posible | hará todo lo posible | harán lo posible | hará lo posible | realizarán esfuerzos | \
         prestarán atención | prestará atención | prestarán especial atención | dedicarán especial atención | se prestará atención | se \
         prestará especial atención",
    ),
    (
        Verb(Binding),
        "reitera su compromiso | reiteran su compromiso | debe | deben | deberá | deberán | acuerdan | acuerda | convienen | conviene | conserva | conservan | se compromete | se \
         comprometen | se obliga | se obligan | no se aplicará | no se aplicarán | no se aplica | no se aplican | no será aplicable | no \
         serán aplicables | no impide | no impedirá | ninguna disposición | nada de | nada en | ninguna parte podrá | ninguna de las partes podrá | no podrá | no \
         podrán | se reserva el derecho | se reservan el derecho | está sujeto a | están sujetos a | está sujeta a | están sujetas a | \
         quedan excluidos | quedan excluidas | queda excluida | otorgará | adoptará | mantendrá | garantizará | asegurará | permitirá | \
         concederá | establecerá | promoverá | facilitará | será | serán | significa",
    ),
    (Verb(Permissive), "podrá | podrán | puede | pueden | podría | podrían"),
    (
        Verb(Declaratory),
        "reconoce | reconocen | recuerdan | recuerda | reitera | reiteran | reafirma | reafirman | afirman | confirman | destacan | destaca | subrayan | subraya \
         | toman nota | son conscientes | acuerdan la importancia | convienen en la importancia | coinciden en la importancia | comparten \
         | tiene por objeto | tienen por objeto | tiene por objetivo | tienen por objetivo | tiene como objetivo | tienen como objetivo | \
         tiene por finalidad | tienen como finalidad",
    ),
    (
        Participle,
        "reconociendo | reafirmando | reiterando | recordando | considerando | destacando | conscientes de | deseosos | deseosas | \
         teniendo en cuenta | tomando en cuenta",
    ),
    (
        Softener,
        "en la medida de lo posible | en la medida posible | en lo posible | en la medida de sus posibilidades | en cuanto sea posible | \
         cuando sea posible | siempre que sea posible | mejores esfuerzos",
    ),
];

/// Words that may stand between the words of an entry.
pub const FILLERS: &str = "also | further | furthermore | jointly | mutually | accordingly | therefore | particular | special | due | high | full | duly | \
    both | likewise | thus | moreover | actively | mainly | notably | également | aussi | notamment | toutefois | particulière | \
    asimismo | también | especial | conjuntamente | además | igualmente | mutuamente";

/// Subjects: a verb right behind one is finite.
pub const SUBJECTS: &str = "party | parties | partie | parte | partes | member | members | state | states | government | governments | community | they | it \
    | side | sides | both | also | each | elles | ils | membres | états | gouvernements";

/// Words after which "that", "que" open the object of a verb of saying, and no relative clause.
pub const SAYING: &str = "lo | agree | agrees | agreed | recognise | recognize | recognises | recognizes | acknowledge | affirm | reaffirm | confirm | \
    understand | understood | ensure | ensures | provided | provide | note | declare | state | stipulate | consider | convinced | \
    aware | view | so | such | except | conviennent | reconnaissent | reconnaît | confirment | déclarent | entendu | assurent | ce | \
    afin | pour | sorte | condition | étant | considérant | acuerdan | convienen | reconocen | reconoce | confirman | declaran | \
    entienden | entendido | garantizará | asegurarán | asegurará | para | siempre | en | entendiéndose | tal | manera | sin | hasta";

/// Words that open a condition.
pub const CONDITIONS: &str = "where | when | whenever | if | unless | lorsque | lorsqu | quand | si | cuando | salvo";

/// Words behind "where" that make a mere reservation of it ("where appropriate").
pub const RESERVED: &str = "appropriate | possible | practicable | necessary | relevant | applicable | feasible | required | needed | sea | corresponda | necessaire | approprie";

/// Words that open a relative clause, "that" and "que" under the condition of [`SAYING`].
pub const RELATIVES: &str = "which | who | whose | whom | that | que | qu | qui | lequel | laquelle | lesquels | lesquelles | dont | cual | cuales | quien | \
    quienes | cuyo | cuya";

/// Nouns of aims: what they "are to" do is a purpose.
pub const AIMS: &str = "objective | objectives | aim | aims | purpose | purposes | goal | goals | objectif | objectifs | but | objet | objetivo | \
    objetivos | finalidad | propósito";

/// What co-operation is made of: "such activities may include …" lists fields and permits nothing.
pub const UNDERTAKINGS: &str = "cooperation | operation | operations | activity | activities | programme | programmes | programs | project | projects | action | \
    actions | initiative | initiatives | dialogue | exchange | exchanges | assistance | coopération | activités | projets | \
    cooperación | actividades | acciones | proyectos | programas | intercambio | intercambios";

/// What co-operation does to its fields.
pub const COMPRISES: &str = "include | cover | comprise | involve | extend | focus | concentrate | relate | concern | encompass | inclure | couvrir | \
    comprendre | porter | viser | concerner | comprend | porte | portera | incluir | abarcar | comprender | incluirá | comprenderá | \
    abarcará | versar | consistir";

/// What co-operation does to its fields even with "shall": "cooperation shall focus on".
pub const CENTRES: &str = "focus | concentrate | centre | center | centrará | centrarán | concentrará | concentrarán";

/// Words that turn to single fields.
pub const INTRODUCERS: &str = "in particular | inter alia | including | mainly | notably | such as | focus on | en particular | entre otros | entre otras | en \
    particulier | notamment | tels que";
