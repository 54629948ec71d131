// DuckDB's functions that people reach for, for completion: name, arguments, what it gives.

const LIST = `
any_value(x)|any value that is not null
approx_count_distinct(x)|about how many different values
approx_quantile(x, share)|about the value below which a share lies
arg_max(x, by)|x of the row where by is largest
arg_min(x, by)|x of the row where by is smallest
array_agg(x)|all values as a list
avg(x)|mean
bit_and(x)|bitwise and of all values
bit_or(x)|bitwise or of all values
bool_and(x)|whether all are true
bool_or(x)|whether any is true
corr(y, x)|correlation
count(*)|how many rows
count_if(x)|how many are true
covar_pop(y, x)|covariance
entropy(x)|entropy in bits
first(x)|first value
histogram(x)|values with their counts, as a map
kurtosis(x)|kurtosis
last(x)|last value
list(x)|all values as a list
mad(x)|median absolute deviation
max(x)|largest
max_by(x, by)|x of the row where by is largest
median(x)|median
min(x)|smallest
min_by(x, by)|x of the row where by is smallest
mode(x)|most frequent value
product(x)|product
quantile_cont(x, share)|value below which a share lies, interpolated
quantile_disc(x, share)|value below which a share lies
regr_slope(y, x)|slope of the regression
skewness(x)|skewness
stddev(x)|standard deviation
string_agg(x, separator)|texts joined
sum(x)|sum
var_samp(x)|variance
cume_dist()|window: cumulative share
dense_rank()|window: rank without gaps
first_value(x)|window: first of the frame
lag(x, n)|window: n rows before
last_value(x)|window: last of the frame
lead(x, n)|window: n rows after
nth_value(x, n)|window: nth of the frame
ntile(n)|window: n equal parts
percent_rank()|window: relative rank
rank()|window: rank with gaps
row_number()|window: number of the row
abs(x)|absolute value
acos(x)|arc cosine
asin(x)|arc sine
atan(x)|arc tangent
atan2(y, x)|angle
cbrt(x)|cube root
ceil(x)|rounded up
cos(x)|cosine
degrees(x)|radians to degrees
even(x)|next even number
exp(x)|e to the power of x
factorial(x)|x!
floor(x)|rounded down
gcd(a, b)|greatest common divisor
greatest(a, b)|the larger
lcm(a, b)|least common multiple
least(a, b)|the smaller
ln(x)|natural logarithm
log(x)|logarithm to base 10
log2(x)|logarithm to base 2
mod(a, b)|remainder
pi()|3.14159..
pow(x, y)|x to the power of y
radians(x)|degrees to radians
random()|between 0 and 1
round(x, digits)|rounded
sign(x)|-1, 0 or 1
sin(x)|sine
sqrt(x)|square root
tan(x)|tangent
trunc(x)|cut off
ascii(s)|code of the first character
chr(n)|character of a code
concat(a, b)|texts joined, nulls left out
concat_ws(separator, a, b)|texts joined with a separator
contains(s, part)|whether the text has the part
ends_with(s, part)|whether it ends so
format(f, x)|formatted like fmt
hash(x)|hash
instr(s, part)|where the part is
left(s, n)|first n characters
length(s)|characters
levenshtein(a, b)|edits between two texts
lower(s)|lower case
lpad(s, n, with)|filled on the left
ltrim(s)|without leading spaces
md5(s)|MD5
parse_path(s)|parts of a path
position(part IN s)|where the part is
printf(f, x)|formatted like printf
regexp_extract(s, pattern, group)|what the pattern finds
regexp_extract_all(s, pattern)|all that the pattern finds
regexp_matches(s, pattern)|whether the pattern is found
regexp_replace(s, pattern, with)|found parts replaced
repeat(s, n)|n times
replace(s, from, to)|replaced
reverse(s)|backwards
right(s, n)|last n characters
rpad(s, n, with)|filled on the right
rtrim(s)|without trailing spaces
sha256(s)|SHA-256
split_part(s, separator, n)|nth part
starts_with(s, part)|whether it begins so
string_split(s, separator)|parts as a list
strip_accents(s)|without accents
strlen(s)|bytes
substring(s, from, n)|part of a text
translate(s, from, to)|characters exchanged
trim(s)|without spaces around
upper(s)|upper case
url_decode(s)|decoded
url_encode(s)|encoded
age(a, b)|interval between
century(d)|century
current_date|today
date_add(d, i)|later
date_diff(part, a, b)|boundaries between
date_part(part, d)|part of a date
date_sub(part, a, b)|whole parts between
date_trunc(part, d)|cut to a part
day(d)|day of the month
dayname(d)|Monday ..
dayofweek(d)|0 is Sunday
dayofyear(d)|1 to 366
epoch(d)|seconds since 1970
epoch_ms(d)|milliseconds since 1970
extract(part FROM d)|part of a date
hour(d)|hour
isodow(d)|1 is Monday
last_day(d)|last day of the month
make_date(y, m, d)|a date
make_timestamp(y, mo, d, h, mi, s)|a timestamp
minute(d)|minute
month(d)|month
monthname(d)|January ..
now()|this moment
quarter(d)|1 to 4
second(d)|second
strftime(d, f)|as text
strptime(s, f)|from text
time_bucket(width, d)|start of its bucket
to_timestamp(seconds)|from seconds since 1970
try_strptime(s, f)|from text, or null
week(d)|ISO week
weekofyear(d)|ISO week
year(d)|year
array_length(l)|how many elements
flatten(l)|lists in a list as one
len(l)|how many elements
list_aggregate(l, name)|an aggregate over a list
list_avg(l)|mean of a list
list_concat(a, b)|one after the other
list_contains(l, x)|whether it has x
list_distinct(l)|each once
list_filter(l, f)|those for which f holds
list_max(l)|largest of a list
list_min(l)|smallest of a list
list_position(l, x)|where x is
list_reduce(l, f)|reduced
list_reverse(l)|backwards
list_slice(l, a, b)|part of a list
list_sort(l)|sorted
list_sum(l)|sum of a list
list_transform(l, f)|f of each
list_unique(l)|how many different
list_value(a, b)|a list
list_zip(a, b)|pairs
map(keys, values)|a map
map_entries(m)|pairs of a map
map_keys(m)|keys of a map
map_values(m)|values of a map
range(n)|0 to n-1
generate_series(a, b)|a to b
struct_extract(s, name)|a field
struct_pack(name := x)|a struct
unnest(l)|a row for each element
json_array_length(j)|how many elements
json_contains(j, x)|whether it has x
json_extract(j, path)|a part of JSON
json_extract_string(j, path)|a part of JSON as text
json_keys(j)|names of an object
json_type(j)|its type
json_valid(s)|whether it is JSON
to_json(x)|as JSON
coalesce(a, b)|the first that is not null
if(c, a, b)|a or b
ifnull(x, y)|y in place of null
nullif(a, b)|null if equal
try_cast(x AS type)|cast, or null
typeof(x)|name of the type
uuid()|a random UUID
`;

/** Completions for functions. */
export const FUNCTIONS = LIST.trim().split('\n').map((line) => {
  const [signature, says] = line.split('|');
  const name = signature.replace(/\(.*/, '');
  const bare = name === signature;
  return { label: name, type: 'function', detail: bare ? '' : signature.slice(name.length), info: says, apply: bare ? name : apply(name), boost: -1 };
});

function apply(name) {
  return (view, completion, from, to) => {
    const follows = view.state.sliceDoc(to, to + 1) === '(';
    view.dispatch({ changes: { from, to, insert: follows ? name : `${name}()` }, selection: { anchor: from + name.length + 1 } });
  };
}
