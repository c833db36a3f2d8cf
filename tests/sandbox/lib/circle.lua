return { me = use "circle" }
