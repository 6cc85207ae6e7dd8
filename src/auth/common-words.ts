/** What passwords are made of that people choose first, from the published lists of the most used. */
export const commonWords: ReadonlySet<string> = new Set(
  `abc abcd abcde abcdef abcdefg abcdefgh abcdefghi abracadabra access account accounts admin
  administrator ahmed airborne airplane alejandro alexander alexandra ali all allah amanda america
  american amor amorcito amore and andrea andrew android angel angels anjing anthony antonio
  anything apollo apple april are army arsenal asdasd asdf asdfgh asdfghjkl ashley asshole athena
  august austin australia autumn aviation awesome azerty azertyuiop baby babyboy babygirl backup
  bacon banana bandit bangsat barbara barcelona baseball basketball batman bayern bear beatles
  beautiful bee beer benjamin berlin best big bigdaddy bike bird birdie birthday bismillah bitch
  bitcoin black blackbird blessed blink blue blueberry bluebird boat bond bonjour booboo boomer
  boss boston boy boys brandon brasil brazil bread brian brittany broncos brooklyn brother bubba
  buddha budlight bunny burger business buster butterfly butthead california camaro canada candy
  captain car carlos caroline cars casper cat cats cde celtic champion change changeme charizard
  charles charlie chat cheese chelsea cherry cheryl chewbacca cheyenne chicago chicken children
  china chivas chocolate chouchou christ christian christmas christopher church ciao cinta cisco
  city claire class cloud cobra coca cocacola coding cody coffee cola college company computer
  contrasena contraseña cookie cookies cool corazon corona correct corvette counterstrike country
  cow cowboy cowboys crazy cricket cristiano crystal cupcake cutie cynthia daddy dakota dallas
  dance dancer daniel danielle dark darkness darling darthvader database david debbie debian
  december default demo denise dennis destiny deutschland developer diamond diana diego discord
  docker dodgers dog doggy dogs dollar dollars dolphin dolphins donald dorothy doudou dragon dream
  dreams driver dropbox dublin duck duke dumbledore eagle eagles earth edward eight einstein
  elephant elizabeth email emily eminem emma energy england eric erica estrella everton everything
  facebook faith falcon falcons family father fatima february fernando ferrari fire fireball
  firebird fish five florida flower flowers football for forest forever fortnite forza four france
  frank freedom friday friend friends frodo fruehling ftp fuck fuckoff fuckyou funny fussball
  future gabriel game gamer games gaming gandalf garden garfield gateway geheim general george
  germany giants ginger girl girls gloria god gold goldfish golf good google gorgeous grace green
  gregory guest guitar hacker hallo hallohallo hammer handsome hannah happy harley harrypotter
  haslo hawaii heather heaven heineken helen hello hellokitty helloworld help helpdesk henry
  herbst hercules hermione hero hiphop hobbit hockey hogwarts home honda honey honeybee hope horse
  hot house hulk hundred hunter hurricane ichliebedich ilove iloveu iloveyou india info inter
  internet iphone ireland ironman isabella isgood italy iverson jack jackie jackson jacob jaguar
  jamaica james jamesbond january japan jasmine jason jeep jeffrey jennifer jeremy jesse jessica
  jesus jesusislord jetaime joanna joel john johnny joker jonathan jordan jose joseph joshua juan judith julia
  julian july june justin juventus karen karma katherine kathleen kelly kenneth kenobi kevin kid
  kids killer kimberly king kings kitten kitty knight kobe kochanie kontol lady lakers laptop
  larry laura lauren leeds legend leonard leslie letmein letmeinnow lightning linda linkedin linux
  lion lisa live liverpool lkjh local logan login lollipop london lord louise loulou love lovely
  loveme lover loveyou lozenord lucas lucky luis lyubov madrid maggie magic mail mama man manager
  manchester manutd march marcus margaret maria marie marine marines mario marissa mark marlboro
  martin mary mason master matrix matthew maverick max megan melissa men mercedes merlin messi
  metallica mexico michael michele michelle mickey microsoft midnight miguel milan milk million
  millionaire minecraft minhavida minnie mivida mnbv mnbvcxz modem mohammed molly mommy monday
  money monica monkey morgan moscow motdepasse mother mountain muhammad music mustang mypass
  mypassword mylove myspace mysql nancy naruto natasha nathan nathaniel navy network new newcastle
  newpass newpassword newyork nicole nine ninja nintendo nirvana nissan nopassword norman not
  nothing november ocean october office old oldpassword oliver olivia one opensesame openup oracle
  orange oscar packers pakistan pamela panda panther papa paris parley parol parola party pass
  passwd password passwordpassword passwort pasta patricia patrick patriots paul pea peace peaches
  peanut pedro pepper peter philip phillip phoenix pig pikachu pink pirate pizza plane platinum
  playboy player playstation poiu poiuytrewq pokemon polska pony pooh poohbear porn porsche
  postgres potter power pretty prince princess printer private privet program public puppy purple
  pussy qazwsx qazwsxedc queen qweasd qweqwe qwerasdf qwert qwerty qwertyu qwertyui qwertyuiop
  qwertz rabbit rachael rachel racing rahasia raiders rainbow ralph ranger rangers raymond
  realmadrid rebecca rebekah red redskins redsox remote ricardo richard river robert roberto
  roblox rock rocket rockstar rocky ronald ronaldo root rosemary router rugby rush russell russia
  rusty ruth ryan sabrina sales salt samantha sammy sample samson samsung samuel samurai sandra
  santiago sarah sasuke saturday savannah sayang schalke schatz school scooby scooter scorpion
  scott sebastian secret secure security segredo senha september server service sesame seven sexy
  shadow shannon shark sharon shelby ship sierra silver simba simone simpson sister site six
  skywalker slack slipknot smile smokey snake snickers sniper snoopy snowball soccer softball
  software soldier soleil something sommer sophie soul spain sparky speed spider spiderman spirit
  spongebob spring ssh starfish stargate startrek starwars steelers stella stephanie stephen
  steven storm strawberry street student stuff sugar summer sunday sunshine super superman support
  susan suzanne suzuki sweet sweetheart sweetie sweetpea switch swordfish sydney sylvia system
  taco tammy tara taylor teacher teamo temp temporary ten tennis tequiero tequila teresa test
  tester testing texas the thepassword theresa thomas thousand three thunder thursday tiffany
  tiger tigger timothy tinkerbell titan toby top tottenham town toyota tracy train travis trinity
  truck trust trustno trustnoone tuesday tupac turbo turtle tweety two tyler ubuntu unicorn
  university user vader valerie vanessa vanilla veronica veronika victoria victory vincent viper
  virginia vision vodka voldemort vpn wachtwoord walter warcraft warrior wasd water web website
  wednesday welcom welcome welkom wendy werder wesley whatever whiskey white wifi william windows
  wine winner winston winter wireless wizard wolf woman work world wsxedc xbox xsw yamaha yankees
  yellow yes you yourpassword yxcvbnm zachary zaq zelda zero zeus zxcv zxcvbn zxcvbnm zxczxc`.split(
    /\s+/,
  ),
)
