import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.*;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.*;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.*;
import org.apache.lucene.store.*;

/**
 * The search page on Java Lucene 8.7: one field over all text, which is the fastest form, a merged index, six facets counted over flat columns
 * while hits are collected, and light snippets from texts in memory. Called with a folder, pages to warm up and pages to measure.
 */
public class LucenePeer {
    static final String[] FACETS = {"company", "cause", "pattern", "severity", "detection", "year"};

    final EnglishAnalyzer analyzer = new EnglishAnalyzer();
    final List<Map<String, Integer>> values = new ArrayList<>();
    int[][][] columns;
    double[] loss;
    int[] year;
    double[] started;
    String[][] passages;
    IndexSearcher searcher;

    public static void main(String[] args) throws Exception {
        new LucenePeer().run(Paths.get(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    }

    void run(Path folder, int warm, int pages) throws Exception {
        List<String> lines = Files.readAllLines(folder.resolve("records.tsv"), StandardCharsets.UTF_8);
        int n = lines.size();
        columns = new int[FACETS.length][n][];
        loss = new double[n];
        year = new int[n];
        started = new double[n];
        passages = new String[n][];
        for (String ignored : FACETS) values.add(new HashMap<>());
        String[][] rows = new String[n][];
        for (int d = 0; d < n; d++) rows[d] = lines.set(d, null).split("\t", -1);
        long start = System.nanoTime();
        IndexWriterConfig config = new IndexWriterConfig(analyzer).setRAMBufferSizeMB(256);
        Directory directory = new MMapDirectory(folder.resolve("index"));
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            int threads = Runtime.getRuntime().availableProcessors();
            Thread[] running = new Thread[threads];
            for (int t = 0; t < threads; t++) {
                final int first = t;
                running[t] = new Thread(() -> {
                    try {
                        for (int d = first; d < n; d += threads) {
                            Document document = new Document();
                            document.add(new StoredField("n", d));
                            document.add(new NumericDocValuesField("n", d));
                            document.add(new TextField("summary", rows[d][1], Field.Store.NO));
                            document.add(new TextField("text", rows[d][2].replace('\u0001', ' '), Field.Store.NO));
                            for (int f = 0; f < FACETS.length; f++)
                                for (String value : rows[d][3 + f].split(" "))
                                    if (!value.isEmpty()) document.add(new StringField(FACETS[f], value, Field.Store.NO));
                            writer.addDocument(document);
                        }
                    } catch (IOException e) { throw new UncheckedIOException(e); }
                });
                running[t].start();
            }
            for (Thread thread : running) thread.join();
            writer.commit();
            double seconds = (System.nanoTime() - start) / 1e9;
            writer.forceMerge(1);
            writer.commit();
            DirectoryReader reader = DirectoryReader.open(writer);
            searcher = new IndexSearcher(reader);
            searcher.setQueryCache(null);
            columns(rows);
            measure(folder, warm, pages, n / seconds);
        }
    }

    /** Flat columns in the order of the merged index. */
    void columns(String[][] rows) throws IOException {
        LeafReader leaf = searcher.getIndexReader().leaves().get(0).reader();
        NumericDocValues numbers = leaf.getNumericDocValues("n");
        for (int doc = 0; doc < leaf.maxDoc(); doc++) {
            numbers.advanceExact(doc);
            String[] row = rows[(int) numbers.longValue()];
            for (int f = 0; f < FACETS.length; f++) {
                String[] parts = row[3 + f].isEmpty() ? new String[0] : row[3 + f].split(" ");
                columns[f][doc] = new int[parts.length];
                for (int i = 0; i < parts.length; i++) {
                    Map<String, Integer> known = values.get(f);
                    Integer number = known.get(parts[i]);
                    if (number == null) known.put(parts[i], number = known.size());
                    columns[f][doc][i] = number;
                }
            }
            year[doc] = row[8].isEmpty() ? 0 : (int) Double.parseDouble(row[8]);
            loss[doc] = row[9].isEmpty() ? Double.NaN : Double.parseDouble(row[9]);
            started[doc] = row[10].isEmpty() ? Double.NEGATIVE_INFINITY : Double.parseDouble(row[10]);
            passages[doc] = row[2].split("\u0001");
        }
    }

    void measure(Path folder, int warm, int pages, double rate) throws Exception {
        List<String[]> queries = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("queries.tsv"), StandardCharsets.UTF_8)) queries.add(line.split("\t", -1));
        for (int i = 0; i < warm; i++) page(queries.get(i % queries.size()));
        double[] times = new double[pages];
        for (int i = 0; i < pages; i++) {
            long start = System.nanoTime();
            page(queries.get(i % queries.size()));
            times[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(times);
        System.out.println(String.format(Locale.ROOT, "{\"p50\":%f,\"p95\":%f,\"p99\":%f,\"buildRate\":%f}",
            times[(int) (pages * 0.50)], times[(int) (pages * 0.95)], times[(int) (pages * 0.99)], rate));
    }

    int page(String[] asked) throws Exception {
        QueryParser parser = new QueryParser("text", analyzer);
        parser.setDefaultOperator(QueryParser.Operator.AND);
        Query text = asked[0].isEmpty() ? new MatchAllDocsQuery() : parser.parse(asked[0]);
        BooleanQuery.Builder query = new BooleanQuery.Builder().add(text, BooleanClause.Occur.MUST);
        double least = Double.NEGATIVE_INFINITY;
        int from = Integer.MIN_VALUE, to = Integer.MAX_VALUE;
        for (String filter : asked[1].split(" ")) {
            if (filter.isEmpty()) continue;
            String[] parts = filter.split("=");
            if (parts[0].equals("loss")) least = Double.parseDouble(parts[1].replace("M..", "")) * 1e6;
            else if (parts[0].equals("year")) { String[] bounds = parts[1].split("\\.\\."); from = Integer.parseInt(bounds[0]); to = Integer.parseInt(bounds[1]); }
            else query.add(new TermQuery(new Term(parts[0], parts[1])), BooleanClause.Occur.FILTER);
        }
        Page page = new Page(asked[2].equals("date"), least, from, to);
        searcher.search(query.build(), page);
        for (int[] counts : page.counts) top(counts);
        if (!asked[0].isEmpty()) snippets(text, page);
        return page.total;
    }

    /** The twelve largest counts. */
    static int[] top(int[] counts) {
        PriorityQueue<int[]> queue = new PriorityQueue<>((a, b) -> a[0] - b[0]);
        for (int v = 0; v < counts.length; v++) {
            if (counts[v] == 0 || queue.size() == 12 && queue.peek()[0] >= counts[v]) continue;
            queue.add(new int[] {counts[v], v});
            if (queue.size() > 12) queue.poll();
        }
        int[] result = new int[queue.size()];
        for (int i = result.length - 1; i >= 0; i--) result[i] = queue.poll()[1];
        return result;
    }

    /** Up to three passages a hit in which a word of the query stands, found by analysing the texts again. */
    void snippets(Query query, Page page) throws IOException {
        Set<String> words = new HashSet<>();
        searcher.rewrite(query).visit(new QueryVisitor() {
            @Override public void consumeTerms(Query q, Term... terms) { for (Term term : terms) words.add(term.text()); }
        });
        String prefix = query instanceof PrefixQuery ? ((PrefixQuery) query).getPrefix().text() : null;
        for (Object[] hit : page.top) {
            int found = 0;
            for (String passage : passages[(Integer) hit[1]]) {
                if (found == 3) break;
                try (TokenStream stream = analyzer.tokenStream("text", passage)) {
                    CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
                    OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
                    stream.reset();
                    int seen = 0;
                    while (stream.incrementToken() && seen++ < 200) {
                        String word = term.toString();
                        if (words.contains(word) || prefix != null && word.startsWith(prefix)) {
                            int begin = Math.max(0, offset.startOffset() - 80), end = Math.min(passage.length(), offset.endOffset() + 80);
                            page.snippet.append(passage, begin, offset.startOffset()).append("<mark>").append(passage, offset.startOffset(), offset.endOffset()).append("</mark>").append(passage, offset.endOffset(), end);
                            found++;
                            break;
                        }
                    }
                    stream.end();
                }
            }
        }
    }

    /** Collects total, top twenty and six facets in one pass. */
    final class Page extends SimpleCollector {
        final int[][] counts = new int[FACETS.length][];
        final PriorityQueue<Object[]> top = new PriorityQueue<>((a, b) -> Double.compare((Double) a[0], (Double) b[0]));
        final StringBuilder snippet = new StringBuilder();
        final boolean byDate;
        final double least;
        final int from, to;
        double worst = Double.NEGATIVE_INFINITY;
        int total;
        Scorable scorer;

        Page(boolean byDate, double least, int from, int to) {
            this.byDate = byDate;
            this.least = least;
            this.from = from;
            this.to = to;
            for (int f = 0; f < FACETS.length; f++) counts[f] = new int[values.get(f).size()];
        }

        @Override public void setScorer(Scorable scorer) { this.scorer = scorer; }

        @Override public ScoreMode scoreMode() { return byDate ? ScoreMode.COMPLETE_NO_SCORES : ScoreMode.COMPLETE; }

        @Override public void collect(int doc) throws IOException {
            if (least > 0 && !(loss[doc] >= least) || year[doc] < from || year[doc] > to) return;
            total++;
            for (int f = 0; f < FACETS.length; f++) {
                int[] count = counts[f];
                for (int value : columns[f][doc]) count[value]++;
            }
            double score = byDate ? started[doc] : scorer.score();
            if (top.size() < 20) {
                top.add(new Object[] {score, doc});
                worst = (Double) top.peek()[0];
            } else if (score > worst) {
                top.poll();
                top.add(new Object[] {score, doc});
                worst = (Double) top.peek()[0];
            }
        }
    }
}
