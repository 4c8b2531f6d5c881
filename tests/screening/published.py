"""Self-made files in the published forms of the United Nations' and OFAC's lists: invented people and things."""

UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" dateGenerated="2026-11-01T00:00:00.000Z">
<INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>OKWUDILI</FIRST_NAME><SECOND_NAME>INVENTED</SECOND_NAME>
<UN_LIST_TYPE>Test</UN_LIST_TYPE><REFERENCE_NUMBER>ZZi.001</REFERENCE_NUMBER><LISTED_ON>2020-01-31</LISTED_ON>
<GENDER>Male</GENDER><NAME_ORIGINAL_SCRIPT>محمد يوسف</NAME_ORIGINAL_SCRIPT>
<NATIONALITY><VALUE>Yemen</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Okwu Made Up</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Oky</ALIAS_NAME></INDIVIDUAL_ALIAS><INDIVIDUAL_ALIAS/>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1961-02-03</DATE></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE>
<FROM_YEAR>1958</FROM_YEAR><TO_YEAR>1963</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1960</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_PLACE_OF_BIRTH><CITY>Nowhere</CITY><COUNTRY>Yemen</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>
<NUMBER>Z0001</NUMBER><ISSUING_COUNTRY>Yemen</ISSUING_COUNTRY></INDIVIDUAL_DOCUMENT>
</INDIVIDUAL></INDIVIDUALS>
<ENTITIES><ENTITY><DATAID>2</DATAID><FIRST_NAME>INVENTED TRADING</FIRST_NAME>
<REFERENCE_NUMBER>ZZe.001</REFERENCE_NUMBER>
<ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>Made Up Ltd</ALIAS_NAME></ENTITY_ALIAS></ENTITY></ENTITIES>
</CONSOLIDATED_LIST>
"""
OFAC = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML">
<publshInformation><Publish_Date>11/01/2026</Publish_Date><Record_Count>3</Record_Count></publshInformation>
<sdnEntry><uid>90001</uid><firstName>Bernardo Invented</firstName><lastName>QUIXANO</lastName>
<sdnType>Individual</sdnType>
<remarks>Fictional</remarks><programList><program>SDGT</program></programList>
<idList><id><uid>1</uid><idType>Passport</idType><idNumber>Z0002</idNumber><idCountry>Ecuador</idCountry></id>
<id><uid>2</uid><idType>Gender</idType><idNumber>Male</idNumber></id>
<id><uid>3</uid><idType>SWIFT/BIC</idType><idNumber>Q</idNumber></id></idList>
<akaList><aka><uid>4</uid><type>a.k.a.</type>
<category>weak</category><lastName>EL INVENTADO</lastName></aka></akaList>
<nationalityList><nationality><uid>5</uid><country>Ecuador</country>
<mainEntry>true</mainEntry></nationality></nationalityList>
<dateOfBirthList>
<dateOfBirthItem><uid>6</uid><dateOfBirth>10 Dec 1948</dateOfBirth>
<mainEntry>true</mainEntry></dateOfBirthItem>

<dateOfBirthItem><uid>7</uid><dateOfBirth>circa 1950</dateOfBirth>
<mainEntry>false</mainEntry></dateOfBirthItem></dateOfBirthList></sdnEntry>
<sdnEntry><uid>90002</uid><lastName>INVENTED AIRLINES</lastName>
<sdnType>Entity</sdnType></sdnEntry>
<sdnEntry><uid>90003</uid><lastName>CORAL INVENTED</lastName>
<sdnType>Vessel</sdnType>
<vesselInfo><callSign>8PXX1</callSign></vesselInfo></sdnEntry>
</sdnList>
"""
OFAC_NAMES = (
    '90001,1,"aka","QUIJANO, Bernardo",-0- \r\n90001,2,"fka","INVENTED, B.",-0- \r\n90999,3,"aka","X",-0- \r\n\x1a\r\n'
)
OFAC_TABLE = (
    '90002,"INVENTED AIRLINES",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    '90001,"QUIXANO, Bernardo Invented","individual","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 10 Dec 1948;'
    " alt. DOB circa 1950; POB Quito, Ecuador; nationality Ecuador; Gender Male; Passport Z0002 (Ecuador);"
    " a.k.a. 'EL INVENTADO'.\"\r\n\x1a\r\n"
)
OFAC_ALIASES = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML">
<publshInformation><Record_Count>1</Record_Count></publshInformation>
<sdnEntry><uid>90004</uid><firstName>Bernardo</firstName><lastName>QUIXANO</lastName><sdnType>Individual</sdnType>
<akaList>
<aka><uid>1</uid><type>a.k.a.</type><category>strong</category>
<lastName>QUIJANO ALONSO</lastName><firstName>Bernardo Jose</firstName></aka>
<aka><uid>2</uid><type>f.k.a.</type><category>strong</category><lastName>INVENTED, B.</lastName></aka>
<aka><uid>3</uid><type>a.k.a.</type><category>Weak</category><firstName>Nardo</firstName></aka>
<aka><uid>4</uid><type>a.k.a.</type><lastName>QUIXANUS</lastName></aka>
</akaList></sdnEntry>
</sdnList>
"""
OFAC_VESSELS = (
    '90005,"CORAL INVENTED","vessel","CUBA",-0- ,"8PXX1","Cargo","9,000","5,000","Barbados","INVENTED SHIPPING",'
    '"Vessel Registration Identification IMO 9999999."\r\n'
    '90006,"XX-INV","aircraft",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a\r\n'
)
