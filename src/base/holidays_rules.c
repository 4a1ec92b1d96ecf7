/*
 * The laws behind the public holidays, one row a day. Sources: France C. trav. L3133-1, L3134-13
 * (Alsace-Moselle), L3422-2 (overseas); Belgium AR 18-4-1974; Luxembourg Code du travail L232-2; Germany: the
 * Länder's Feiertagsgesetze; Austria ARG § 7; Switzerland: cantonal laws; Spain ET art. 37.2 and the
 * communities' calendars (the days that come back every year); Italy legge 260/1949, 151/2025; Netherlands
 * Algemene termijnenwet art. 3; Portugal CT art. 234; United Kingdom Banking and Financial Dealings Act 1971
 * with its proclamations; Ireland Organisation of Working Time Act 1997.
 */
#include "base/base.h"
#include "base/holidays.h"

#define ROW(c, r, ...)                                                                                       \
	{                                                                                                    \
		.country = c, .regions = r, __VA_ARGS__                                                      \
	}
#define ON(m, d)		   .kind = HOLIDAY_FIXED, .month = m, .day = d
#define EASTER(n)		   .kind = HOLIDAY_EASTER, .offset = n
#define FROM(w, m, d)		   .kind = HOLIDAY_WEEKDAY, .weekday = w, .month = m, .day = d
#define CALLED(n)		   .name = n
#define SINCE(y)		   .first = y
#define ONLY(y)			   .first = y, .last = y
#define SUBSTITUTE(on_sat, on_sun) .saturday = on_sat, .sunday = on_sun
#define EVERYWHERE		   NULL

/* clang-format off */
const struct holiday_rule holiday_rules[] = {
    /* France */
    ROW("FR", EVERYWHERE, ON(1, 1), CALLED("Nouvel An")),
    ROW("FR", "57 67 68 6AE GP MQ", EASTER(-2), CALLED("Vendredi saint")),
    ROW("FR", EVERYWHERE, EASTER(1), CALLED("Lundi de Pâques")),
    ROW("FR", EVERYWHERE, ON(5, 1), CALLED("Fête du travail")),
    ROW("FR", EVERYWHERE, ON(5, 8), CALLED("Victoire 1945")),
    ROW("FR", EVERYWHERE, EASTER(39), CALLED("Ascension")),
    ROW("FR", EVERYWHERE, EASTER(50), CALLED("Lundi de Pentecôte")),
    ROW("FR", EVERYWHERE, ON(7, 14), CALLED("Fête nationale")),
    ROW("FR", EVERYWHERE, ON(8, 15), CALLED("Assomption")),
    ROW("FR", EVERYWHERE, ON(11, 1), CALLED("Toussaint")),
    ROW("FR", EVERYWHERE, ON(11, 11), CALLED("Armistice 1918")),
    ROW("FR", EVERYWHERE, ON(12, 25), CALLED("Noël")),
    ROW("FR", "57 67 68 6AE", ON(12, 26), CALLED("Saint-Étienne")),
    ROW("FR", "YT", ON(4, 27), CALLED("Abolition de l’esclavage")),
    ROW("FR", "MQ", ON(5, 22), CALLED("Abolition de l’esclavage")),
    ROW("FR", "GP MF", ON(5, 27), CALLED("Abolition de l’esclavage")),
    ROW("FR", "GF", ON(6, 10), CALLED("Abolition de l’esclavage")),
    ROW("FR", "BL", ON(10, 9), CALLED("Abolition de l’esclavage")),
    ROW("FR", "RE", ON(12, 20), CALLED("Abolition de l’esclavage")),

    /* Belgium */
    ROW("BE", EVERYWHERE, ON(1, 1), CALLED("Nouvel An")),
    ROW("BE", EVERYWHERE, EASTER(1), CALLED("Lundi de Pâques")),
    ROW("BE", EVERYWHERE, ON(5, 1), CALLED("Fête du travail")),
    ROW("BE", EVERYWHERE, EASTER(39), CALLED("Ascension")),
    ROW("BE", EVERYWHERE, EASTER(50), CALLED("Lundi de Pentecôte")),
    ROW("BE", EVERYWHERE, ON(7, 21), CALLED("Fête nationale")),
    ROW("BE", EVERYWHERE, ON(8, 15), CALLED("Assomption")),
    ROW("BE", EVERYWHERE, ON(11, 1), CALLED("Toussaint")),
    ROW("BE", EVERYWHERE, ON(11, 11), CALLED("Armistice")),
    ROW("BE", EVERYWHERE, ON(12, 25), CALLED("Noël")),

    /* Luxembourg */
    ROW("LU", EVERYWHERE, ON(1, 1), CALLED("Nouvel An")),
    ROW("LU", EVERYWHERE, EASTER(1), CALLED("Lundi de Pâques")),
    ROW("LU", EVERYWHERE, ON(5, 1), CALLED("Fête du travail")),
    ROW("LU", EVERYWHERE, ON(5, 9), CALLED("Journée de l’Europe"), SINCE(2019)),
    ROW("LU", EVERYWHERE, EASTER(39), CALLED("Ascension")),
    ROW("LU", EVERYWHERE, EASTER(50), CALLED("Lundi de Pentecôte")),
    ROW("LU", EVERYWHERE, ON(6, 23), CALLED("Fête nationale")),
    ROW("LU", EVERYWHERE, ON(8, 15), CALLED("Assomption")),
    ROW("LU", EVERYWHERE, ON(11, 1), CALLED("Toussaint")),
    ROW("LU", EVERYWHERE, ON(12, 25), CALLED("Noël")),
    ROW("LU", EVERYWHERE, ON(12, 26), CALLED("Saint-Étienne")),

    /* Germany */
    ROW("DE", EVERYWHERE, ON(1, 1), CALLED("Neujahr")),
    ROW("DE", "BW BY ST", ON(1, 6), CALLED("Heilige Drei Könige")),
    ROW("DE", "BE", ON(3, 8), CALLED("Internationaler Frauentag"), SINCE(2019)),
    ROW("DE", "MV", ON(3, 8), CALLED("Internationaler Frauentag"), SINCE(2023)),
    ROW("DE", EVERYWHERE, EASTER(-2), CALLED("Karfreitag")),
    ROW("DE", "BB", EASTER(0), CALLED("Ostersonntag")),
    ROW("DE", EVERYWHERE, EASTER(1), CALLED("Ostermontag")),
    ROW("DE", EVERYWHERE, ON(5, 1), CALLED("Tag der Arbeit")),
    ROW("DE", "BE", ON(5, 8), CALLED("Tag der Befreiung"), ONLY(2020)),
    ROW("DE", "BE", ON(5, 8), CALLED("Tag der Befreiung"), ONLY(2025)),
    ROW("DE", EVERYWHERE, EASTER(39), CALLED("Christi Himmelfahrt")),
    ROW("DE", "BB", EASTER(49), CALLED("Pfingstsonntag")),
    ROW("DE", EVERYWHERE, EASTER(50), CALLED("Pfingstmontag")),
    ROW("DE", "BW BY HE NW RP SL", EASTER(60), CALLED("Fronleichnam")),
    /* in Bavaria in the mostly Catholic communes: 1,704 of 2,056 */
    ROW("DE", "BY SL", ON(8, 15), CALLED("Mariä Himmelfahrt")),
    ROW("DE", "TH", ON(9, 20), CALLED("Weltkindertag"), SINCE(2019)),
    ROW("DE", EVERYWHERE, ON(10, 3), CALLED("Tag der Deutschen Einheit")),
    ROW("DE", "BB HB HH MV NI SH SN ST TH", ON(10, 31), CALLED("Reformationstag")),
    ROW("DE", "BW BY NW RP SL", ON(11, 1), CALLED("Allerheiligen")),
    ROW("DE", "SN", FROM(WEDNESDAY, 11, 16), CALLED("Buß- und Bettag")),
    ROW("DE", EVERYWHERE, ON(12, 25), CALLED("1. Weihnachtstag")),
    ROW("DE", EVERYWHERE, ON(12, 26), CALLED("2. Weihnachtstag")),

    /* Austria */
    ROW("AT", EVERYWHERE, ON(1, 1), CALLED("Neujahr")),
    ROW("AT", EVERYWHERE, ON(1, 6), CALLED("Heilige Drei Könige")),
    ROW("AT", EVERYWHERE, EASTER(1), CALLED("Ostermontag")),
    ROW("AT", EVERYWHERE, ON(5, 1), CALLED("Staatsfeiertag")),
    ROW("AT", EVERYWHERE, EASTER(39), CALLED("Christi Himmelfahrt")),
    ROW("AT", EVERYWHERE, EASTER(50), CALLED("Pfingstmontag")),
    ROW("AT", EVERYWHERE, EASTER(60), CALLED("Fronleichnam")),
    ROW("AT", EVERYWHERE, ON(8, 15), CALLED("Mariä Himmelfahrt")),
    ROW("AT", EVERYWHERE, ON(10, 26), CALLED("Nationalfeiertag")),
    ROW("AT", EVERYWHERE, ON(11, 1), CALLED("Allerheiligen")),
    ROW("AT", EVERYWHERE, ON(12, 8), CALLED("Mariä Empfängnis")),
    ROW("AT", EVERYWHERE, ON(12, 25), CALLED("Christtag")),
    ROW("AT", EVERYWHERE, ON(12, 26), CALLED("Stefanitag")),

    /* Switzerland: one federal day; the others are cantonal, those kept nearly everywhere count for all */
    ROW("CH", EVERYWHERE, ON(1, 1), CALLED("Neujahr")),
    ROW("CH", "AG BE FR GL JU LU NE OW SH SO TG VD ZG ZH", ON(1, 2), CALLED("Berchtoldstag")),
    ROW("CH", "GR SZ TI UR", ON(1, 6), CALLED("Heilige Drei Könige")),
    ROW("CH", "NE", ON(3, 1), CALLED("Instauration de la République")),
    ROW("CH", "GR NW SO SZ TI UR VS", ON(3, 19), CALLED("Josefstag")),
    ROW("CH", EVERYWHERE, EASTER(-2), CALLED("Karfreitag")),
    ROW("CH", EVERYWHERE, EASTER(0), CALLED("Ostersonntag")),
    ROW("CH", EVERYWHERE, EASTER(1), CALLED("Ostermontag")),
    ROW("CH", "AG BL BS FR JU NE SH SO TG TI ZH", ON(5, 1), CALLED("Tag der Arbeit")),
    ROW("CH", EVERYWHERE, EASTER(39), CALLED("Auffahrt")),
    ROW("CH", EVERYWHERE, EASTER(49), CALLED("Pfingstsonntag")),
    ROW("CH", EVERYWHERE, EASTER(50), CALLED("Pfingstmontag")),
    ROW("CH", "AG AI FR JU LU NE NW OW SO SZ TI UR VS ZG", EASTER(60), CALLED("Fronleichnam")),
    ROW("CH", "JU", ON(6, 23), CALLED("Commémoration du plébiscite")),
    ROW("CH", "TI", ON(6, 29), CALLED("Santi Pietro e Paolo")),
    ROW("CH", EVERYWHERE, ON(8, 1), CALLED("Bundesfeiertag")),
    ROW("CH", "AG AI FR JU LU NW OW SO SZ TI UR VS ZG", ON(8, 15), CALLED("Mariä Himmelfahrt")),
    ROW("CH", "GE", FROM(SUNDAY, 9, 1), .offset = 4, CALLED("Jeûne genevois")),
    ROW("CH", EVERYWHERE, FROM(SUNDAY, 9, 15), CALLED("Eidg. Dank-, Buss- und Bettag")),
    ROW("CH", "NE VD", FROM(SUNDAY, 9, 15), .offset = 1, CALLED("Lundi du Jeûne fédéral")),
    ROW("CH", "AI", ON(9, 22), CALLED("Mauritiustag")),
    ROW("CH", "OW", ON(9, 25), CALLED("Bruder-Klausen-Fest")),
    ROW("CH", "AG AI FR GL JU LU NW OW SG SO SZ TI UR VS ZG", ON(11, 1), CALLED("Allerheiligen")),
    ROW("CH", "AG AI FR GR LU NW OW SO SZ TI UR VS ZG", ON(12, 8), CALLED("Mariä Empfängnis")),
    ROW("CH", EVERYWHERE, ON(12, 25), CALLED("Weihnachtstag")),
    ROW("CH", EVERYWHERE, ON(12, 26), CALLED("Stephanstag")),
    ROW("CH", "GE", ON(12, 31), CALLED("Restauration de la République")),

    /* Spain */
    ROW("ES", EVERYWHERE, ON(1, 1), CALLED("Año Nuevo")),
    ROW("ES", EVERYWHERE, ON(1, 6), CALLED("Epifanía del Señor")),
    ROW("ES", "AN", ON(2, 28), CALLED("Día de Andalucía")),
    ROW("ES", "IB", ON(3, 1), CALLED("Día de las Illes Balears")),
    ROW("ES", "VC", ON(3, 19), CALLED("San José")),
    ROW("ES", "-CT VC", EASTER(-3), CALLED("Jueves Santo")),
    ROW("ES", EVERYWHERE, EASTER(-2), CALLED("Viernes Santo")),
    ROW("ES", "CT IB NC PV RI VC", EASTER(1), CALLED("Lunes de Pascua")),
    ROW("ES", "AR", ON(4, 23), CALLED("San Jorge")),
    ROW("ES", "CL", ON(4, 23), CALLED("Fiesta de Castilla y León")),
    ROW("ES", EVERYWHERE, ON(5, 1), CALLED("Fiesta del Trabajo")),
    ROW("ES", "MD", ON(5, 2), CALLED("Fiesta de la Comunidad de Madrid")),
    ROW("ES", "GA", ON(5, 17), CALLED("Día das Letras Galegas")),
    ROW("ES", "CN", ON(5, 30), CALLED("Día de Canarias")),
    ROW("ES", "CM", ON(5, 31), CALLED("Día de Castilla-La Mancha")),
    ROW("ES", "CM", EASTER(60), CALLED("Corpus Christi")),
    ROW("ES", "MC", ON(6, 9), CALLED("Día de la Región de Murcia")),
    ROW("ES", "RI", ON(6, 9), CALLED("Día de La Rioja")),
    ROW("ES", "CT", ON(6, 24), CALLED("Sant Joan")),
    ROW("ES", "GA PV", ON(7, 25), CALLED("Santiago Apóstol")),
    ROW("ES", "CB", ON(7, 28), CALLED("Día de las Instituciones de Cantabria")),
    ROW("ES", EVERYWHERE, ON(8, 15), CALLED("Asunción de la Virgen")),
    ROW("ES", "AS", ON(9, 8), CALLED("Día de Asturias")),
    ROW("ES", "EX", ON(9, 8), CALLED("Día de Extremadura")),
    ROW("ES", "CT", ON(9, 11), CALLED("Diada Nacional de Catalunya")),
    ROW("ES", "CB", ON(9, 15), CALLED("La Bien Aparecida")),
    ROW("ES", "VC", ON(10, 9), CALLED("Día de la Comunitat Valenciana")),
    ROW("ES", EVERYWHERE, ON(10, 12), CALLED("Fiesta Nacional de España")),
    ROW("ES", EVERYWHERE, ON(11, 1), CALLED("Todos los Santos")),
    ROW("ES", "NC", ON(12, 3), CALLED("San Francisco Javier")),
    ROW("ES", EVERYWHERE, ON(12, 6), CALLED("Día de la Constitución")),
    ROW("ES", EVERYWHERE, ON(12, 8), CALLED("Inmaculada Concepción")),
    ROW("ES", EVERYWHERE, ON(12, 25), CALLED("Navidad"), SUBSTITUTE(0, 1)),
    ROW("ES", "CT", ON(12, 26), CALLED("Sant Esteve")),

    /* Italy */
    ROW("IT", EVERYWHERE, ON(1, 1), CALLED("Capodanno")),
    ROW("IT", EVERYWHERE, ON(1, 6), CALLED("Epifania")),
    ROW("IT", EVERYWHERE, EASTER(0), CALLED("Pasqua")),
    ROW("IT", EVERYWHERE, EASTER(1), CALLED("Lunedì dell’Angelo")),
    ROW("IT", EVERYWHERE, ON(4, 25), CALLED("Anniversario della Liberazione")),
    ROW("IT", EVERYWHERE, ON(5, 1), CALLED("Festa del lavoro")),
    ROW("IT", "BZ", EASTER(50), CALLED("Lunedì di Pentecoste")),
    ROW("IT", EVERYWHERE, ON(6, 2), CALLED("Festa della Repubblica")),
    ROW("IT", EVERYWHERE, ON(8, 15), CALLED("Assunzione di Maria")),
    ROW("IT", EVERYWHERE, ON(10, 4), CALLED("San Francesco d’Assisi"), SINCE(2026)),
    ROW("IT", EVERYWHERE, ON(11, 1), CALLED("Ognissanti")),
    ROW("IT", EVERYWHERE, ON(12, 8), CALLED("Immacolata Concezione")),
    ROW("IT", EVERYWHERE, ON(12, 25), CALLED("Natale")),
    ROW("IT", EVERYWHERE, ON(12, 26), CALLED("Santo Stefano")),

    /* Netherlands */
    ROW("NL", EVERYWHERE, ON(1, 1), CALLED("Nieuwjaarsdag")),
    ROW("NL", EVERYWHERE, EASTER(0), CALLED("Eerste paasdag")),
    ROW("NL", EVERYWHERE, EASTER(1), CALLED("Tweede paasdag")),
    ROW("NL", EVERYWHERE, ON(4, 27), CALLED("Koningsdag"), SUBSTITUTE(0, -1), .moves = true, SINCE(2014)),
    ROW("NL", EVERYWHERE, EASTER(39), CALLED("Hemelvaartsdag")),
    ROW("NL", EVERYWHERE, EASTER(49), CALLED("Eerste pinksterdag")),
    ROW("NL", EVERYWHERE, EASTER(50), CALLED("Tweede pinksterdag")),
    ROW("NL", EVERYWHERE, ON(12, 25), CALLED("Eerste kerstdag")),
    ROW("NL", EVERYWHERE, ON(12, 26), CALLED("Tweede kerstdag")),

    /* Portugal */
    ROW("PT", EVERYWHERE, ON(1, 1), CALLED("Ano Novo")),
    ROW("PT", EVERYWHERE, EASTER(-2), CALLED("Sexta-Feira Santa")),
    ROW("PT", EVERYWHERE, EASTER(0), CALLED("Páscoa")),
    ROW("PT", EVERYWHERE, ON(4, 25), CALLED("Dia da Liberdade")),
    ROW("PT", EVERYWHERE, ON(5, 1), CALLED("Dia do Trabalhador")),
    ROW("PT", "20", EASTER(50), CALLED("Dia da Região Autónoma dos Açores")),
    ROW("PT", EVERYWHERE, EASTER(60), CALLED("Corpo de Deus")),
    ROW("PT", EVERYWHERE, ON(6, 10), CALLED("Dia de Portugal")),
    ROW("PT", "30", ON(7, 1), CALLED("Dia da Região Autónoma da Madeira")),
    ROW("PT", EVERYWHERE, ON(8, 15), CALLED("Assunção de Maria")),
    ROW("PT", EVERYWHERE, ON(10, 5), CALLED("Implantação da República")),
    ROW("PT", EVERYWHERE, ON(11, 1), CALLED("Todos os Santos")),
    ROW("PT", EVERYWHERE, ON(12, 1), CALLED("Restauração da Independência")),
    ROW("PT", EVERYWHERE, ON(12, 8), CALLED("Imaculada Conceição")),
    ROW("PT", EVERYWHERE, ON(12, 25), CALLED("Natal")),

    /* United Kingdom: ENG WLS SCT NIR */
    ROW("GB", "-SCT", ON(1, 1), CALLED("New Year’s Day"), SUBSTITUTE(2, 1)),
    ROW("GB", "SCT", ON(1, 1), CALLED("New Year’s Day"), SUBSTITUTE(2, 2)),
    ROW("GB", "SCT", ON(1, 2), CALLED("2nd January"), SUBSTITUTE(2, 2)),
    ROW("GB", "NIR", ON(3, 17), CALLED("St Patrick’s Day"), SUBSTITUTE(2, 1)),
    ROW("GB", EVERYWHERE, EASTER(-2), CALLED("Good Friday")),
    ROW("GB", "-SCT", EASTER(1), CALLED("Easter Monday")),
    ROW("GB", EVERYWHERE, FROM(MONDAY, 5, 1), CALLED("Early May bank holiday"), .last = 2019),
    ROW("GB", EVERYWHERE, ON(5, 8), CALLED("Early May bank holiday (VE day)"), ONLY(2020)),
    ROW("GB", EVERYWHERE, FROM(MONDAY, 5, 1), CALLED("Early May bank holiday"), SINCE(2021)),
    ROW("GB", EVERYWHERE, ON(5, 8), CALLED("Coronation of King Charles III"), ONLY(2023)),
    ROW("GB", EVERYWHERE, FROM(MONDAY, 5, 25), CALLED("Spring bank holiday"), .last = 2021),
    ROW("GB", EVERYWHERE, ON(6, 2), CALLED("Spring bank holiday"), ONLY(2022)),
    ROW("GB", EVERYWHERE, ON(6, 3), CALLED("Platinum Jubilee"), ONLY(2022)),
    ROW("GB", EVERYWHERE, FROM(MONDAY, 5, 25), CALLED("Spring bank holiday"), SINCE(2023)),
    ROW("GB", "SCT", ON(6, 15), CALLED("World Cup bank holiday"), ONLY(2026)),
    ROW("GB", "NIR", ON(7, 12), CALLED("Battle of the Boyne"), SUBSTITUTE(2, 1)),
    ROW("GB", "SCT", FROM(MONDAY, 8, 1), CALLED("Summer bank holiday")),
    ROW("GB", "-SCT", FROM(MONDAY, 8, 25), CALLED("Summer bank holiday")),
    ROW("GB", EVERYWHERE, ON(9, 19), CALLED("State Funeral of Queen Elizabeth II"), ONLY(2022)),
    ROW("GB", "SCT", ON(11, 30), CALLED("St Andrew’s Day"), SUBSTITUTE(2, 1)),
    ROW("GB", EVERYWHERE, ON(12, 25), CALLED("Christmas Day"), SUBSTITUTE(2, 2)),
    ROW("GB", EVERYWHERE, ON(12, 26), CALLED("Boxing Day"), SUBSTITUTE(2, 2)),

    /* Ireland */
    ROW("IE", EVERYWHERE, ON(1, 1), CALLED("New Year’s Day")),
    ROW("IE", EVERYWHERE, FROM(MONDAY, 2, 1), .itself = FRIDAY, CALLED("St Brigid’s Day"), SINCE(2023)),
    ROW("IE", EVERYWHERE, ON(3, 17), CALLED("St Patrick’s Day")),
    ROW("IE", EVERYWHERE, ON(3, 18), CALLED("Day of Remembrance and Recognition"), ONLY(2022)),
    ROW("IE", EVERYWHERE, EASTER(1), CALLED("Easter Monday")),
    ROW("IE", EVERYWHERE, FROM(MONDAY, 5, 1), CALLED("May Day")),
    ROW("IE", EVERYWHERE, FROM(MONDAY, 6, 1), CALLED("June holiday")),
    ROW("IE", EVERYWHERE, FROM(MONDAY, 8, 1), CALLED("August holiday")),
    ROW("IE", EVERYWHERE, FROM(MONDAY, 10, 25), CALLED("October holiday")),
    ROW("IE", EVERYWHERE, ON(12, 25), CALLED("Christmas Day")),
    ROW("IE", EVERYWHERE, ON(12, 26), CALLED("St Stephen’s Day")),
    {.country = NULL},
};
/* clang-format on */
