/* What stands in a field, beside what stood there. One rule: numbers stand one a line, for they are compared with the eye. */
export function Said({ field, words }: { field: string; words: string }) {
  if (field !== 'numbers') return <span>{words}</span>;
  return (
    <>
      {words.split(', ').map((number, at) => (
        <span key={at}>{number}</span>
      ))}
    </>
  );
}
