module com.acme.words {
    exports com.acme.words;

    provides com.acme.words.Greeting with
            com.acme.words.internal.Hello,
            com.acme.words.internal.GoodMorning;
}
