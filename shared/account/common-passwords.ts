// Written by `npm run common-passwords` from @zxcvbn-ts/language-common; do not edit.

/** Passwords of at least 12 characters that guessers try first, in lower case. */
export const commonPasswords: ReadonlySet<string> = new Set(
  (
    '000000000000 000000123456 0000001234567 00000012345678 010203040506 012345678901 ' +
    '012345678910 014702580369 01telemike01 050605rostik 098765432109 102030405060 ' +
    '111111111111 1111111111111111 1111111111zz 11111111123! 111111111234 1111111112345 ' +
    '11111111123456 111111111234567 1111111112345678 111111123456 1111111234567 ' +
    '11111112345678 111222333000 111222333444555 112233112233 112233123456 1122331234567 ' +
    '11223312345678 112233445566 122333444455555 123123123123 123123123456 1231231234567 ' +
    '12312312345678 123123qweqwe 123321123321 123321123456 1233211234567 12332112345678 ' +
    '123321456654 123321qweewq 123456123456 1234561234567 12345612345678 123456654321 ' +
    '123456712345 1234567123456 12345671234567 123456712345678 12345677654321 12345678123! ' +
    '123456781234 1234567812345 12345678123456 123456781234567 1234567812345678 123456782000 ' +
    '1234567887654321 123456789000 12345678900987654321 123456789012 1234567890123 ' +
    '1234567890123! 12345678901234 123456789012345 1234567890123456 12345678901234567 ' +
    '123456789012345678 12345678901234567890 1234567890987654321 1234567890qaz 1234567890qw ' +
    '1234567890qwe 1234567890qwerty 1234567890zzz 123456789101 123456789123 123456789123! ' +
    '1234567891234 12345678912345 123456789123456 1234567891234567 12345678912345678 ' +
    '123456789123456789 1234567892000 12345678987654321 123456789987654321 123456789aaa ' +
    '123456789abc 123456789asd 123456789qaz 123456789qqq 123456789qwe 123456789qwer ' +
    '123456789qwerty 123456789zxc 1234567qwertyu 123456qwerty 123456zxcvbn 1234qwer123! ' +
    '1234qwer1234 1234qwer12345 1234qwer123456 1234qwer1234567 1234qwer12345678 ' +
    '1234qwer1234qwer 1234qwerasdf 1234qwerasdfzxcv 123ewqasdcxz 123qwe123456 123qwe1234567 ' +
    '123qwe12345678 123qwe123qwe 123qwe456rty 123qweasdzxc 123qwerty123 12qw34er56ty ' +
    '131313123456 1313131234567 13131312345678 131313131313 159753123456 1597531234567 ' +
    '15975312345678 159753159753 159753456852 193570356033 19960610ilja 1a2a3a4a5a6a ' +
    '1a2s3d4f5g6h 1q2w3e4r5t6y 1qa2ws3ed4rf 1qa2ws3ed4rf5tg 1qaz2wsx123! 1qaz2wsx1234 ' +
    '1qaz2wsx12345 1qaz2wsx123456 1qaz2wsx1234567 1qaz2wsx12345678 1qaz2wsx1qaz2wsx ' +
    '1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc 1qazxsw23edcvfr4 222222222222 23176djivanfros ' +
    '23wkoa0fp78dk 31217221027711 32615948worms 333333333333 41d8cd98f00b 420842084208555 ' +
    '444444444444 4815162342lf 4815162342lost 541233432442 555555555555 59382113kevinp ' +
    '6215mila6215 666666123456 6666661234567 66666612345678 666666666666 696969123456 ' +
    '6969691234567 69696912345678 696969696969 742617000027 777777712345 7777777123456 ' +
    '77777771234567 777777712345678 777777777777 77777777777777 888888888888 89063032220m ' +
    '89231243658s 89876065093rax 89semtsriuty 999999999999 a1s2d3f4g5h6 aaaaaaaaaaaa ' +
    'abc123123456 abc1231234567 abc12312345678 abc123456789 abc123abc123 abcdefghijkl ' +
    'access123456 access1234567 access12345678 accessaccess admin18533362 administrator ' +
    'aksjdlasdakj89879 alpha135792468 amadeusptfcor amanda123456 amanda1234567 amanda12345678 ' +
    'amandaamanda an83546921an13 andrew123456 andrew1234567 andrew12345678 andrewandrew ' +
    'andrewjackie antananarivu anthony12345 anthony123456 anthony1234567 anthony12345678 ' +
    'anthonyanthony anytimetoday asd123asd123 asdfgh123456 asdfgh1234567 asdfgh12345678 ' +
    'asdfghasdfgh asdfghjkl123 ashley123456 ashley1234567 ashley12345678 ashleyashley ' +
    'asshole12345 asshole123456 asshole1234567 asshole12345678 assholeasshole auckland2010 ' +
    'austin123456 austin1234567 austin12345678 austinaustin avrillavigne badiman28200 ' +
    'baseball123! baseball1234 baseball12345 baseball123456 baseball1234567 baseball12345678 ' +
    'baseballbaseball batman123456 batman1234567 batman12345678 batmanbatman bbbbbbbbbbbb ' +
    'bhrh0h2oof6xbqjeh biteme123456 biteme1234567 biteme12345678 bitemebiteme blacksonblon ' +
    'bltynbabrfwbz boy4u2ownnyc bpgjldsgjldthnf bullnuts2003 businessbabe buster123456 ' +
    'buster1234567 buster12345678 busterbuster cccccccccccc charlie12345 charlie123456 ' +
    'charlie1234567 charlie12345678 charliecharlie cheese123456 cheese1234567 cheese12345678 ' +
    'cheeseburger cheesecheese chelsea12345 chelsea123456 chelsea1234567 chelsea12345678 ' +
    'chelseachelsea chesterfield chickenwing101 christopher1 civilization cjdthitycndj ' +
    'cnfc35762209 combat123654 computer123! computer1234 computer12345 computer123456 ' +
    'computer1234567 computer12345678 computercomputer configuratio construction ' +
    'contortionist corperfmonsy corvette123! corvette1234 corvette12345 corvette123456 ' +
    'corvette1234567 corvette12345678 corvettecorvette cosmopolitan counterstrike ' +
    'dallas123456 dallas1234567 dallas12345678 dallasdallas daniel123456 daniel1234567 ' +
    'daniel12345678 danieldaniel dddddddddddd devilmaycry4 diamond12345 diamond123456 ' +
    'diamond1234567 diamond12345678 diamonddiamond digitalprodu dkflbvbhjdbx dkflbvbhjdyf ' +
    'domainlock2005 dragon123456 dragon1234567 dragon12345678 dragondragon edwardcullen ' +
    'eeeeeeeeeeee entertainment fatima753357 ffffffffffff finalfantasy findaupair007 ' +
    'fkmnthyfnbdf fktrcfylhjdbx fktrcfylhjdf fktrcfylhjdyf flvbybcnhfnjh football123! ' +
    'football1234 football12345 football123456 football1234567 football12345678 ' +
    'footballfootball foreveryoung frederiksberg freedom12345 freedom123456 freedom1234567 ' +
    'freedom12345678 freedomfreedom fucker123456 fucker1234567 fucker12345678 fuckerfucker ' +
    'fuckme123456 fuckme1234567 fuckme12345678 fuckmefuckme fucktheworld fuckyou12345 ' +
    'fuckyou123456 fuckyou1234567 fuckyou12345678 fuckyoubitch fuckyoufuckyou fynfyfyfhbde ' +
    'george123456 george1234567 george12345678 georgegeorge gfhfktkjuhfv gfhjkm123456 ' +
    'gfhjkm1234567 gfhjkm12345678 gfhjkmgfhjkm gggggggggggg ghbdtnghbdtn ghbdtnrfrltkf ' +
    'ghhh47hj7649 ghjatccbjyfk ghjcnjgbpltw ghjcnjgfhjkm ghjcnjghjcnj ghjcnjqgfhjkm ' +
    'ghjcnjrdfibyj ghjnbdjcnjzybt ghtdtlvtldtl ginger123456 ginger1234567 ginger12345678 ' +
    'gingerginger gjkysqgbpltw greenlantern gthtrfnbgjkt gtnhjpfdjlcr hammer123456 ' +
    'hammer1234567 hammer12345678 hammerhammer harley123456 harley1234567 harley12345678 ' +
    'harleyharley hd764nw5d7e1vb1 hd764nw5d7e1vbv heather12345 heather123456 heather1234567 ' +
    'heather12345678 heatherheather hedimaptfcor hhhhhhhhhhhh hockey123456 hockey1234567 ' +
    'hockey12345678 hockeyhockey hunter123456 hunter1234567 hunter12345678 hunterhunter ' +
    'iampurehaha2 iiiiiiiiiiii iloveboobies ilovemyfamily iloveyou123! iloveyou1234 ' +
    'iloveyou12345 iloveyou123456 iloveyou1234567 iloveyou12345678 iloveyouiloveyou ' +
    'ingodwetrust installdevic installsqlst intelligence international ipo54tj45uy856 ' +
    'iseedeadpeople jamesbond007 jennifer123! jennifer1234 jennifer12345 jennifer123456 ' +
    'jennifer1234567 jennifer12345678 jenniferjennifer jessica12345 jessica123456 ' +
    'jessica1234567 jessica12345678 jessicajessica jjjjjjjjjjjj jordan123456 jordan1234567 ' +
    'jordan12345678 jordanjordan josephphone7 joshua123456 joshua1234567 joshua12345678 ' +
    'joshuajoshua justin123456 justin1234567 justin12345678 justinbieber justinjustin ' +
    'killer123456 killer1234567 killer12345678 killerkiller kkkkkkkkkkkk klaster12345 ' +
    'klaster123456 klaster1234567 klaster12345678 klasterklaster ktjynsq40147 leavemealone ' +
    'letmein12345 letmein123456 letmein1234567 letmein12345678 letmeinletmein ' +
    'lhbjkjubz2957704 llllllllllll lost4815162342 love777321777 lytdybrbdfvgbhf ' +
    'lytghjgtnhjdcr maggie123456 maggie1234567 maggie12345678 maggiemaggie mailcreated5240 ' +
    'maprchem56458 marinamarina martin123456 martin1234567 martin12345678 martinmartin ' +
    'massimiliano master123456 master1234567 master12345678 masterbaiting masterbating ' +
    'mastermaster masturbation matrix123456 matrix1234567 matrix12345678 matrixmatrix ' +
    'matthew12345 matthew123456 matthew1234567 matthew12345678 matthewmatthew maurolarastefy ' +
    'merlin123456 merlin1234567 merlin12345678 merlinmerlin mevefalkcakk michael12345 ' +
    'michael123456 michael1234567 michael12345678 michaeljackson michaelmichael michelle123! ' +
    'michelle1234 michelle12345 michelle123456 michelle1234567 michelle12345678 ' +
    'michellemichelle minecraft123 minnesota_hp mmmmmmmmmmmm momsanaladventure monkey123456 ' +
    'monkey1234567 monkey12345678 monkeymonkey morganstanley mortalkombat motherfucker ' +
    'msoracle32re msorcloledbr mustang12345 mustang123456 mustang1234567 mustang12345678 ' +
    'mustangmustang nastyanastya ne_e_pod_chehyl necronomicon needforspeed ' +
    'nemvxyheqdd5oqxyxyzi networkingpe newproject2004 nhbujyjvtnhbz nhecsyfujkjdt ' +
    'nhfdvfnjkju123 nhfycajhvths nick1234-rem936 nicole123456 nicole1234567 nicole12345678 ' +
    'nicolenicole nightcrawler nnnnnnnnnnnn nondriversig ntktdbpjh1994 olcrackmaster ' +
    'ontheoutside oooooooooooo p030710p$e4o paraklast1974 password123! password1234 ' +
    'password12345 password123456 password1234567 password12345678 passwordassword ' +
    'passwordpassword passwordstandard patrick12345 patrick123456 patrick1234567 ' +
    'patrick12345678 patrickpatrick peanutbutter pepper123456 pepper1234567 pepper12345678 ' +
    'pepperpepper pfqwtd27121988 philadelphia playstation2 playstation3 polniypizdec0211 ' +
    'polniypizdec1102 polniypizdec110211 pornographic pppppppppppp princess123! princess1234 ' +
    'princess12345 princess123456 princess1234567 princess12345678 princessprincess ' +
    'professional ptybnxtvgbjy punksnotdead q1w2e3r4t5y6 q1w2e3r4t5y6u7 q1w2e3r4t5y6u7i8 ' +
    'q1w2e3r4t5y6u7i8o9p0 qawsedrftgyh qaz123wsx456 qazwsx123456 qazwsx1234567 qazwsx12345678 ' +
    'qazwsxedc123 qazwsxedcrfv qazwsxedcrfvtgb qazwsxqazwsx qazxswedc123 qazxswedcvfr ' +
    'qqqqqqqqqqqq qwaszxerdfcv qwe123qwe123 qweasdzxc123 qwerasdfzxcv qwertasdfgzxcvb ' +
    'qwerty123456 qwerty1234567 qwerty12345678 qwerty123456789 qwertyasdfgh qwertyqwerty ' +
    'qwertyuiop10 qwertyuiop12 qwertyuiop123 qwertyuiop123! qwertyuiop1234 qwertyuiop12345 ' +
    'qwertyuiop123456 qwertyuiop1234567 qwertyuiop12345678 qwertyuiopqwertyuiop qwertyytrewq ' +
    'ranger123456 ranger1234567 ranger12345678 rangerranger residentevil rfnthbyf1988 ' +
    'robert123456 robert1234567 robert12345678 robertrobert ronaldinho10 rrrrrrrrrrrr ' +
    'sanfrancisco satisfaction saun24865709 scandinavian schoolgirlie sdicmt7seytn ' +
    'secret123456 secret1234567 secret12345678 secretsecret seemnemaailm shadow123456 ' +
    'shadow1234567 shadow12345678 shadowshadow silver123456 silver1234567 silver12345678 ' +
    'silversilver soccer123456 soccer1234567 soccer12345678 soccersoccer sojdlg123aljg ' +
    'sonnenschein sonyericsson specialinsta ssssssssssss starwars123! starwars1234 ' +
    'starwars12345 starwars123456 starwars1234567 starwars12345678 starwarsstarwars ' +
    'stickdaddy77 stinkyfinger stratocaster summer123456 summer1234567 summer12345678 ' +
    'summersummer sunshine123! sunshine1234 sunshine12345 sunshine123456 sunshine1234567 ' +
    'sunshine12345678 sunshinesunshine superman123! superman1234 superman12345 superman123456 ' +
    'superman1234567 superman12345678 supermansuperman supernatural systemofadown ' +
    'taylor123456 taylor1234567 taylor12345678 taylortaylor temppassword thecakeisalie ' +
    'thomas123456 thomas1234567 thomas12345678 thomasthomas thunder12345 thunder123456 ' +
    'thunder1234567 thunder12345678 thunderthunder ticketmaster tigger123456 tigger1234567 ' +
    'tigger12345678 tiggertigger transformers trustno1123! trustno11234 trustno112345 ' +
    'trustno1123456 trustno11234567 trustno112345678 trustno1trustno1 tttttttttttt ' +
    'unbelievable uuuuuuuuuuuu vanyarespekt vfhbyfvfhbyf vfrcbvvfrcbv vfvfvskfhfve ' +
    'vladimirovna vvvvvvvvvvvv warhammer40k wazzkaprivet websolutions websolutionssu ' +
    'webuivalidat weihnachtsbau weihnachtsbaum whosyourdaddy william12345 william123456 ' +
    'william1234567 william12345678 williamwilliam wwwwwwwwwwww xxxp455w0rd5 xxxxxxxxxxxx ' +
    'yankees12345 yankees123456 yankees1234567 yankees12345678 yankeesyankees yyyyyyyyyyyy ' +
    'z1x2c3v4b5n6 z1x2c3v4b5n6m7 zaq12wsxcde3 zaq1xsw2cde3 zaqwsxcderfv zcfvfzkexifz ' +
    'zqjphsyf6ctifgu zxcasdqwe123 zxcvbn123456 zxcvbn1234567 zxcvbn12345678 zxcvbnm12345 ' +
    'zxcvbnm123456 zxcvbnm1234567 zxcvbnm12345678 zxcvbnm123456789 zxcvbnmmnbvcxz ' +
    'zxcvbnmzxcvbnm zxcvbnzxcvbn zzzzzzzzzzzz'
  ).split(' '),
);
