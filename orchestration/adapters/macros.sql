-- Words that the SQL of adapters shares; every value that it reads is text, or NULL where it was not told.

-- A time that may be counted from 1970 in seconds, milliseconds or microseconds, else as it is written.
create or replace temp macro as_time(said) as
    case
        when suffix(said, 'Z') or not regexp_full_match(said, '-?\d+([.]\d+)?([eE][+]?\d+)?') then said
        -- A day, a day with its hour and one with all of its time are written in digits, too.
        when regexp_full_match(said, '\d{8}|\d{14}|20\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])(\d{3}|\d{6}|\d{9})?([.]\d*)?') then said
        -- Fewer than nine digits are the day number of a spreadsheet or a year. Programs write 0 where they know no time.
        when abs(try_cast(said as double)) between 1 and 1e8 then said
        when abs(try_cast(said as double)) < 1e11
            then strftime(make_timestamp(cast(try_cast(said as double) * 1e6 as bigint)), '%Y-%m-%dT%H:%M:%S.%fZ')
        when abs(try_cast(said as double)) < 1e14
            then strftime(make_timestamp(cast(try_cast(said as double) * 1e3 as bigint)), '%Y-%m-%dT%H:%M:%S.%fZ')
        when abs(try_cast(said as double)) < 1e17
            then strftime(make_timestamp(cast(try_cast(said as double) as bigint)), '%Y-%m-%dT%H:%M:%S.%fZ')
        else said
    end;

-- The same as a time to be compared and counted with. What machines write is cast at once, anything else read as the loader does.
create or replace temp macro to_time(said) as
    coalesce(
        case
            when regexp_full_match(as_time(said), '\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.]\d+)?)?(Z|[+-]\d\d(:\d\d)?)?)?')
                then try_cast(as_time(said) as timestamptz)
        end,
        timezone('UTC', read_time(said))
    );

-- A key as every table writes it: a column of numbers with gaps comes as floats.
create or replace temp macro as_key(said) as nullif(regexp_replace(trim(said), '^(\d+)[.]0+$', '\1'), '');

-- What tells a thing from others of its table: its key, else the line that tells it, so that none stands for another.
create or replace temp macro own_key(said, file, line) as coalesce(as_key(said), concat_ws(':', 'line', file, line));

-- A key of Salesforce in the 15 characters that reports write; the last three of 18 check the capitals of the others.
create or replace temp macro short_key(said) as case when length(said) = 18 then left(said, 15) else said end;

-- A value inside a text of JSON; NULL where the text is none.
create or replace temp macro inside(said, path) as
    case when json_valid(said) then nullif(said ->> path, '') end;

-- The entries of a list inside a text of JSON; none where it is no list.
create or replace temp macro entries(said, path) as
    case when json_valid(said) then coalesce(json_extract(said, path || '[*]'), []) else [] end;

-- An object that names nothing, for a text that begins as an object or a list and is no JSON, as Python and pandas write
-- one: in the place of a key it is counted. What stood in that text would else be lost without a word.
create or replace temp macro no_json(said) as
    case when not json_valid(said) and regexp_matches(said, '^\s*[\[{]') then '{}' end;

-- A key inside a text of JSON that may stand alone in a list, as SDKs write groups; a list of several as it is written,
-- which names nothing and is counted, as nobody can say which of them is meant.
create or replace temp macro only_inside(said, path) as
    case
        when not json_valid(said) then null
        when json_type(said, path) is distinct from 'ARRAY' then nullif(said ->> path, '')
        when json_array_length(said, path) = 1 then nullif(said ->> (path || '[0]'), '')
        when json_array_length(said, path) > 1 then said ->> path
    end;

-- Where an object tells the first of some words that it knows, in any capitals and with any signs.
create or replace temp macro path_of(said, words) as
    case
        when json_valid(said) then list_transform(
            [list_transform(
                json_keys(said),
                lambda name: case
                    when not regexp_matches(name, '["\\]')
                        then regexp_replace(lower(name), '[^a-z]', '', 'g')
                end
            )],
            lambda keys: '$."' || json_keys(said)[
                list_position(keys, list_filter(words, lambda word: list_contains(keys, word))[1])
            ] || '"'
        )[1]
    end;

-- Where the groups of an event tell the one that is the customer, by what its kind is usually called.
create or replace temp macro path_of_customer(groups) as
    path_of(groups, list_concat(
        ['company', 'account', 'organization', 'organisation', 'org', 'customer', 'tenant'],
        ['companyid', 'accountid', 'organizationid', 'organisationid', 'orgid', 'customerid', 'tenantid']
    ));

-- The customer among the groups of an event; most call its kind company, which is found soonest.
create or replace temp macro customer_in(groups) as
    coalesce(
        only_inside(groups, '$.company'),
        only_inside(groups, '$.account'),
        -- Through a list, so that the path is sought once and not wherever it is needed.
        list_transform([path_of_customer(groups)], lambda path: only_inside(groups, path))[1]
    );

-- Groups of which none is known to be the customer, as they are written: they name nothing and are counted.
create or replace temp macro unknown_groups(groups) as
    case
        when path_of_customer(groups) is null and regexp_matches(groups, '^\s*\{.*:\s*\[?\s*("[^"]|\d)')
            then groups
        else no_json(groups)
    end;

-- Whether an identifier is written as that of a device is: five groups of hexadecimal digits. Only a person's may be
-- anything else.
create or replace temp macro is_like_a_device(said) as
    regexp_full_match(said, '[0-9a-fA-F]{6,}(-[0-9a-fA-F]{4,}){4}');

-- Decimals of a currency: its minor unit is one over ten to that power.
create or replace temp macro decimals_of(currency) as
    case
        when upper(trim(currency)) in (
            'BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'
        ) then 0
        when upper(trim(currency)) in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 3
        when upper(trim(currency)) in ('CLF', 'UYW') then 4
        else 2
    end;

-- An amount of Stripe's API in minor units of its currency: Stripe counts two currencies without decimals in hundredths, and
-- one that has them in whole units.
create or replace temp macro from_stripe(amount, currency) as
    case
        when upper(trim(currency)) in ('ISK', 'UGX') then coalesce(cast(try_cast(amount as double) / 100 as varchar), amount)
        when upper(trim(currency)) = 'MGA' then coalesce(cast(try_cast(amount as double) * 100 as varchar), amount)
        else amount
    end;

-- An amount told in units of its currency, in minor units; as it is written where it cannot be read, or where its point may be
-- one between thousands as well: 1.234 of a currency without thousandths. What it is then must not look like a whole number,
-- which would be taken for minor units.
create or replace temp macro in_minor(amount, currency) as
    case
        when decimals_of(currency) < 3 and regexp_full_match(trim(amount), '[+-]?[1-9]\d{0,2}[.]\d{3}') then amount
        else coalesce(
            cast(try_cast(round(try_cast(read_number(amount) as decimal(24, 6)) * power(10, decimals_of(currency))) as bigint) as varchar),
            case when read_whole(amount) is null then amount else concat_ws(' ', amount, 'units of', trim(currency)) end
        )
    end;

-- A duration told in another unit, by the milliseconds that one of it has; as it is written where it cannot be read.
create or replace temp macro in_milliseconds(duration, each) as
    coalesce(cast(round(read_number(duration) * each, 6) as varchar), duration);

-- The domain of an address or a site, lower case and without www.
create or replace temp macro domain_of(said) as
    nullif(
        regexp_extract(lower(trim(said)), '^(?:[a-z]+://)?(?:[^@/]*@)?(?:www[.])?([a-z0-9.-]+[.][a-z]{2,})(?:[:/?#].*)?$', 1),
        ''
    );

-- Folder of the landing folder that is read; the loader says it anew for each.
create or replace temp macro this_folder() as cast(null as varchar);

-- A number that each help desk gives anew. Under a folder of another name than its vendor's it bears the folder, as two
-- help desks of one vendor number alike.
create or replace temp macro numbered_by(vendor, number) as
    case when lower(this_folder()) <> vendor then this_folder() || ':' || number else number end;

-- A time of a clock that tells no offset, by the time zone of that clock; any other as it is written.
create or replace temp macro as_time_in(said, zone) as
    case
        when zone <> 'UTC' and tells_no_zone(said) and read_time(said) is not null
            then strftime(timezone('UTC', timezone(zone, read_time(said))), '%Y-%m-%dT%H:%M:%S.%fZ')
        else as_time(said)
    end;

-- The end of a service of which somebody has said that its column tells the last day: the day after it. A time of a clock
-- is an end already.
create or replace temp macro day_after(said) as
    case
        when timezone('UTC', to_time(said)) = date_trunc('day', timezone('UTC', to_time(said)))
            then strftime(timezone('UTC', to_time(said)) + interval 1 day, '%Y-%m-%d')
        else said
    end;

-- A time of a column that is called UTC, whose values need to tell no offset; one that they tell holds.
create or replace temp macro as_utc(said) as
    case
        when regexp_full_match(said, '\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d([.]\d+)?') then said || 'Z'
        else coalesce(strftime(read_time(said), '%Y-%m-%dT%H:%M:%S.%fZ'), said)
    end;

-- Of a list of keys with semicolons the primary one where it is told, else the only one.
create or replace temp macro only_or_primary(said, primary_one) as
    coalesce(nullif(trim(primary_one), ''), case when said not like '%;%' then said end);

-- How many people a text tells: people are whole, so that a sign between groups of three digits parts thousands.
create or replace temp macro people_in(said) as
    case
        when regexp_full_match(trim(said), '\d{1,3}([., ''\x{00A0}\x{202F}\x{2019}]\d{3})+') then try_cast(regexp_replace(said, '\D', '', 'g') as double)
        -- NaN is more than any number, and so is infinity: neither counts people.
        when isfinite(read_number(said)) then read_number(said)
    end;

-- The size of a company by its employees, where nothing tells its size in words; a text that is no number is a word itself.
create or replace temp macro size_band_of(employees) as
    case
        when people_in(employees) < 10 then '1-9'
        when people_in(employees) < 50 then '10-49'
        when people_in(employees) < 250 then '50-249'
        when people_in(employees) >= 250 then '250+'
        else nullif(trim(employees), '')
    end;

-- What a company is to us, by HubSpot's type and lifecycle stage; a type that is a word of ours says it itself.
create or replace temp macro account_type_of(company_type, stage) as
    case
        when lower(company_type) in ('partner', 'reseller') then 'partner'
        when lower(company_type) in ('customer', 'trial', 'prospect', 'internal', 'test') then lower(company_type)
        when lower(stage) in ('customer', 'evangelist') then 'customer'
        when lower(stage) in ('subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'opportunity') then 'prospect'
        -- A word that nobody explains is counted.
        else coalesce(nullif(trim(company_type), ''), nullif(trim(stage), ''))
    end;

-- A day of three numbers in another order, in the order of ours; anything else as it is written, and so what is no day then.
create or replace temp macro reordered_day(said, order_of_parts) as
    list_transform(
        [case
            when regexp_full_match(trim(said), '\d\d?[./-]\d\d?[./-]\d{4}([T ].*)?') then regexp_replace(
                regexp_replace(regexp_replace(trim(said), '^(\d[./-])', '0\1'), '^(\d\d[./-])(\d[./-])', '\10\2'),
                '^(\d\d)[./-](\d\d)[./-](\d{4})',
                order_of_parts
            )
        end],
        lambda reordered: case when try_cast(left(reordered, 10) as date) is null then said else reordered end
    )[1];

create or replace temp macro day_first(said) as reordered_day(said, '\3-\2-\1');

create or replace temp macro month_first(said) as reordered_day(said, '\3-\1-\2');

-- A number with a comma before its decimals, and perhaps points between its thousands, as ours are written; any other text, as a
-- number whose point can only be one before decimals, as it is.
create or replace temp macro decimal_comma(said) as
    case
        when regexp_full_match(trim(said), '[+-]?(\d{1,3}([.]\d{3})*|\d+)(,\d+)?') then replace(replace(trim(said), '.', ''), ',', '.')
        else said
    end;

-- What an opportunity is for, where a CRM's own word says it; any other word as it is written.
create or replace temp macro opportunity_type_of(said) as
    case
        when said ilike '%renew%' then 'renewal'
        when regexp_matches(lower(said), 'up-? ?sell|cross-? ?sell|upgrade|expan|add-? ?on') then 'expansion'
        when regexp_replace(lower(said), '[^a-z]', '', 'g') in ('newbusiness', 'newcustomer', 'new') then 'new_business'
        else nullif(said, '')
    end;

-- What a contact is for the contract, by what the roles of a CRM are called; the weightiest of several. A word that
-- nobody explains is counted: as a role that decides nothing it would say that nobody decides.
create or replace temp macro contact_role_of(said) as
    case
        when said ilike '%sponsor%' then 'sponsor'
        when regexp_matches(lower(said), 'decision|economic|budget|(^|;)\s*buyer\s*(;|$)') then 'buyer'
        when said ilike '%champion%' then 'champion'
        when said ilike '%admin%' then 'administrator'
        when regexp_full_match(
            regexp_replace(lower(said), '[^a-z;]', '', 'g'),
            '((blocker|enduser|influencer|legalandcompliance|businessuser|evaluator|technicalbuyer|other)(;|$))+'
        ) then 'other'
        else nullif(trim(said), '')
    end;

-- Keys of what was merged into one thing of HubSpot: between semicolons, perhaps each with its time after a colon, or
-- as a list of JSON or of Python.
create or replace temp macro merged_keys(said) as
    list_filter(
        list_transform(
            string_split_regex(translate(said, '[]''" ', ''), '[;,]'), lambda one: as_key(split_part(one, ':', 1))
        ),
        lambda one: one is not null
    );

-- Whether a row holds totals: nothing but the word, numbers and a currency, and no identifier that is another word. The
-- loader says so, too; it is asked here where a person has said what stands in every row, as that would be told of it.
create or replace temp macro is_total(names, told, total) as
    case
        when list_bool_or(list_transform(names, lambda said: trim(said) <> '' and not regexp_full_match(said, total))) then false
        else coalesce(list_bool_or(list_transform(told, lambda said: regexp_full_match(said, total))), false)
            and not coalesce(list_bool_or(list_transform(
                told,
                lambda said: not regexp_full_match(said, total) and regexp_matches(said, '\p{L}')
                    and not regexp_full_match(trim(said), '[A-Z]{3}')
            )), false)
    end;
