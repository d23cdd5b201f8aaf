module com.acme.app {
    requires io.coppice;
    requires com.acme.words;

    uses com.acme.words.Greeting;
}
